"""Amendments: how adopted text changes, and what each party concerned said to it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.commitments.models.commitment import Commitment, Target, by_party
from agreements.parties.models import Party


class Amendment(models.Model):
    """A wijziging of adopted text (rule 3): proposed by a party concerned, in force once every other one accepts.

    An empty field stays as it is. `version` is the version it changes, `before` what stood there, as text.
    """

    class State(models.TextChoices):
        OPEN = "open", "Voorgesteld"
        IN_FORCE = "in_force", "Van kracht"
        REFUSED = "refused", "Afgewezen"
        WITHDRAWN = "withdrawn", "Ingetrokken"

    TRANSITIONS = {State.OPEN: (State.IN_FORCE, State.REFUSED, State.WITHDRAWN)}
    FIELDS = ("title", "text", "lead", "deadline", "direction", "target_value", "division")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField("volgnummer")
    state = models.CharField("stand", max_length=9, choices=State, default=State.OPEN)
    version = models.PositiveIntegerField("versie")
    reason = models.TextField("reden", max_length=1000)
    title = models.CharField("titel", max_length=150, blank=True)
    text = models.TextField("letterlijke tekst", max_length=4000, blank=True)
    lead = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    deadline = models.DateField("klaar op", null=True, blank=True)
    direction = models.CharField("richting", max_length=8, choices=Target.Direction, blank=True)
    target_value = models.DecimalField("streefwaarde", max_digits=16, decimal_places=3, null=True, blank=True)
    before = models.JSONField("wat er stond", default=dict)
    party = models.ForeignKey(Party, models.PROTECT, related_name="amendments")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_on = models.DateField("voorgesteld op")
    decided_on = models.DateField("besloten op", null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "number"], name="amendment_number_once"),
            models.UniqueConstraint(
                fields=["commitment"], condition=Q(state="open"), name="amendment_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_on__isnull=True)
                | Q(state__in=["in_force", "refused", "withdrawn"], decided_on__isnull=False),
                name="amendment_decided_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment.code}, wijziging {self.number}: {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        """Whether parties still have to answer; what was decided stays decided."""
        return self.state in self.TRANSITIONS

    def changes(self) -> dict[str, Any]:
        """{field: new value} of what it changes, in the fields of `Commitment.editable_values`."""
        given = {name: getattr(self, name) for name in self.FIELDS if name != "division"}
        given["division"] = by_party((part.party, part.value) for part in self.parts.all())
        return {name: value for name, value in given.items() if value not in ("", None, ())}


class AmendedPart(models.Model):
    """What the part of one party becomes: with the target of a joint commitment the whole division is proposed."""

    amendment = models.ForeignKey(Amendment, models.CASCADE, related_name="parts")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    value = models.DecimalField("deel", max_digits=16, decimal_places=3)

    class Meta:
        ordering = ["party__order", "party__name"]
        constraints = [models.UniqueConstraint(fields=["amendment", "party"], name="amended_part_once")]

    def __str__(self) -> str:
        return f"{self.party}: {self.value.normalize():f}"


class AmendmentAnswer(models.Model):
    """What one party concerned says to a proposed amendment; made when it is proposed, so that silence shows."""

    class Outcome(models.TextChoices):
        PENDING = "pending", "Nog geen antwoord"
        ACCEPTED = "accepted", "Akkoord"
        REFUSED = "refused", "Niet akkoord"

    amendment = models.ForeignKey(Amendment, models.CASCADE, related_name="answers")
    party = models.ForeignKey(Party, models.PROTECT, related_name="amendment_answers")
    outcome = models.CharField("antwoord", max_length=8, choices=Outcome, default=Outcome.PENDING)
    reason = models.TextField("reden", max_length=1000, blank=True)
    answered_on = models.DateField("datum", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["party__order", "party__name"]
        constraints = [
            models.UniqueConstraint(fields=["amendment", "party"], name="amendment_answer_once"),
            models.CheckConstraint(
                condition=Q(outcome="pending", answered_on__isnull=True, answered_by__isnull=True)
                | Q(
                    outcome__in=["accepted", "refused"], answered_on__isnull=False, answered_by__isnull=False
                ),
                name="amendment_answer_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="refused") | ~Q(reason=""), name="amendment_refused_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_outcome_display()}"
