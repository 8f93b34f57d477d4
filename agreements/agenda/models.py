"""The agenda 2018-2020: joint ambitions that become concrete year by year (the letter, Consequenties)."""

from django.db import models
from django.db.models import Q

from agreements.agreement.models import Agreement, Theme
from agreements.commitments.models import Commitment
from agreements.history.models import Provenance, Source
from agreements.parties.models import Party


class AgendaItem(models.Model):
    """An agendapunt: an ambition without a fixed target yet, meant for a year or a range of years."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="agenda_items")
    code = models.CharField("nummer", max_length=12, unique=True)
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="agenda_items", verbose_name="thema")
    year = models.PositiveSmallIntegerField("beoogd jaar")
    until = models.PositiveSmallIntegerField("tot en met", null=True, blank=True)
    text = models.TextField("agendapunt", max_length=1000)
    lead = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="agenda_items")
    lead_note = models.CharField("trekker in woorden", max_length=120, blank=True)
    possible_indicator = models.CharField("mogelijke indicator", max_length=200, blank=True)
    provenance = models.CharField("herkomst", max_length=8, choices=Provenance)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["year", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=models.F("year")), name="agenda_item_range"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    @property
    def years(self) -> str:
        """ "2018" or "2018–2020"."""
        return f"{self.year}–{self.until}" if self.until else str(self.year)

    @property
    def last_year(self) -> int:
        """The last year that may ask for a decision: of its own range, or one to which it was postponed."""
        return max(self.until or self.year, *(fate.to_year or 0 for fate in self.fates.all()), 0)

    def is_due_in(self, year: int) -> bool:
        """Whether a decision is needed in this year: meant for it or postponed to it, and not settled before."""
        last = next((fate for fate in reversed(self.fates.all()) if fate.year < year), None)
        if last and last.kind == Fate.Kind.DROPPED:
            return False
        if last and last.to_year:
            return year == last.to_year or last.to_year < year <= (self.until or self.year)
        return self.year <= year <= (self.until or self.year)

    def fate_in(self, year: int) -> "Fate | None":
        """What was decided in this year, or None."""
        return next((fate for fate in self.fates.all() if fate.year == year), None)


class Fate(models.Model):
    """What became of an agenda item in a year: concretised, postponed or dropped (rule 1).

    `version` counts how often the decision changed while the jaarschijf was a draft.
    """

    class Kind(models.TextChoices):
        CONCRETISED = "concretised", "Afspraak gemaakt"
        POSTPONED = "postponed", "Doorgeschoven"
        DROPPED = "dropped", "Vervallen"

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="fates")
    year = models.PositiveSmallIntegerField("jaar")
    kind = models.CharField("besluit", max_length=11, choices=Kind)
    commitments = models.ManyToManyField(Commitment, related_name="origins", blank=True)
    to_year = models.PositiveSmallIntegerField("naar jaar", null=True, blank=True)
    reason = models.TextField("reden", blank=True)
    decided_on = models.DateField("besloten op")
    version = models.PositiveIntegerField("versie", default=1)
    provenance = models.CharField("herkomst", max_length=8, choices=Provenance, default=Provenance.OWN)

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["item", "year"], name="fate_once_a_year"),
            models.CheckConstraint(
                condition=Q(kind="concretised")
                | (Q(kind="postponed", to_year__gt=models.F("year")) & ~Q(reason=""))
                | (Q(kind="dropped") & ~Q(reason="")),
                name="fate_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item.code} in {self.year}: {self.get_kind_display()}"

    @property
    def stands(self) -> bool:
        """Whether it still settles the item: of what it was made concrete into, something is not withdrawn."""
        if self.kind != self.Kind.CONCRETISED:
            return True
        return any(commitment.withdrawn_on is None for commitment in self.commitments.all())

    @property
    def outcome(self) -> str:
        """The decision as the end of a sentence: "doorgeschoven naar 2019"."""
        if self.kind == self.Kind.CONCRETISED:
            return "concreet gemaakt in " + ", ".join(found.code for found in self.commitments.all())
        return f"doorgeschoven naar {self.to_year}" if self.to_year else "vervallen"
