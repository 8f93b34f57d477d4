"""What the other parties ask for: the bid of a corporation and the wishes of a tenant organisation."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.agreement.models import Theme, YearSlice
from agreements.commitments.models import Commitment, Indicator, Target
from agreements.parties.models import Party


class Proposal(models.Model):
    """One voorstel for a jaarschijf, and what became of it. It is decided once; the link to the commitment stays.

    `version` counts edits and the decision, so that nobody decides on a text that just changed. `key` comes from
    the form, so that sending it twice makes one.
    """

    class State(models.TextChoices):
        OPEN = "open", "Ingediend"
        TAKEN_UP = "taken_up", "Overgenomen"
        MERGED = "merged", "Samengevoegd"
        DECLINED = "declined", "Niet overgenomen"
        WITHDRAWN = "withdrawn", "Ingetrokken"

    TRANSITIONS = {State.OPEN: (State.TAKEN_UP, State.MERGED, State.DECLINED, State.WITHDRAWN)}
    FIELDS = ("theme", "title", "text", "why", "indicator", "direction", "target_value", "deadline")

    year_slice = models.ForeignKey(YearSlice, models.PROTECT, related_name="proposals")
    number = models.PositiveSmallIntegerField("volgnummer")
    key = models.UUIDField(unique=True)
    party = models.ForeignKey(Party, models.PROTECT, related_name="proposals")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+", verbose_name="thema")
    title = models.CharField("titel", max_length=150)
    text = models.TextField("letterlijke tekst", max_length=4000)
    why = models.TextField("toelichting", max_length=1000)
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="+")
    direction = models.CharField("richting", max_length=8, choices=Target.Direction, blank=True)
    target_value = models.DecimalField("streefwaarde", max_digits=16, decimal_places=3, null=True, blank=True)
    deadline = models.DateField("klaar op", null=True, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_on = models.DateField("ingediend op")
    version = models.PositiveIntegerField("versie", default=1)
    state = models.CharField("stand", max_length=9, choices=State, default=State.OPEN)
    reason = models.TextField("reden", max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField("besloten op", null=True, blank=True)
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, null=True, blank=True, related_name="proposals"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["year_slice", "number"], name="proposal_number_once"),
            models.UniqueConstraint(
                fields=["commitment"], condition=Q(state="taken_up"), name="proposal_taken_up_once"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_on__isnull=True, decided_by__isnull=True)
                | (~Q(state="open") & Q(decided_on__isnull=False, decided_by__isnull=False)),
                name="proposal_decided_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["taken_up", "merged"], commitment__isnull=False)
                | (~Q(state__in=["taken_up", "merged"]) & Q(commitment__isnull=True)),
                name="proposal_became_commitment",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""), name="proposal_declined_why"
            ),
            models.CheckConstraint(
                condition=Q(indicator__isnull=True, target_value__isnull=True, direction="")
                | (Q(indicator__isnull=False, target_value__isnull=False) & ~Q(direction="")),
                name="proposal_figure_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year_slice}, voorstel {self.number}: {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        """Whether the municipality still has to answer; what was decided stays decided."""
        return self.state in self.TRANSITIONS

    @property
    def name(self) -> str:
        """ "Voorstel 3"."""
        return f"Voorstel {self.number}"

    @property
    def origin(self) -> str:
        """ "het bod van Woonstichting Heideveld" or "de wensen van Huurdersraad Heideveld"."""
        kind = "het bod" if self.party.kind == Party.Kind.CORPORATION else "de wensen"
        return f"{kind} van {self.party.name}"

    def editable_values(self) -> dict[str, Any]:
        """What the form shows and history keeps, as {field: value}."""
        return {name: getattr(self, name) for name in self.FIELDS}
