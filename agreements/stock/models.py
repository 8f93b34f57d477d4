"""The ledger of social rental homes: what each corporation states per year, and the floor that was agreed."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agreements.agenda.models import AgendaItem
from agreements.agreement.models import Agreement
from agreements.history.models import Provenance, Source
from agreements.parties.models import Party

# What comes in and what goes out in a year, and what it does to the number of homes.
MOVES = {"built": 1, "bought": 1, "sold": -1, "liberalised": -1, "demolished": -1}
NUMBERS = ("begin", *MOVES, "reported_end")
MOST = 50_000  # more homes than all corporations in Hilversum have together


@dataclass(frozen=True)
class Ledger:
    """The homes of one corporation, or of several together, through a year. Whole homes, nothing below zero."""

    begin: int
    built: int
    bought: int
    sold: int
    liberalised: int
    demolished: int
    reported_end: int

    def __add__(self, other: "Ledger") -> "Ledger":
        return Ledger(**{name: getattr(self, name) + getattr(other, name) for name in NUMBERS})

    @property
    def computed_end(self) -> int:
        """begin + built + bought - sold - liberalised - demolished."""
        return self.begin + sum(sign * getattr(self, name) for name, sign in MOVES.items())

    @property
    def difference(self) -> int:
        """How many homes the corporation reports more (or, below zero, less) than the portal counts."""
        return self.reported_end - self.computed_end

    @property
    def gap(self) -> int:
        """The size of the difference."""
        return abs(self.difference)


class StockStatement(models.Model):
    """An opgave: the ledger of one corporation for one year, as it says so itself (rule 4).

    Hard and expected are two things that are never added up. A correction is a new row with a higher `number`
    and a reason; nothing is overwritten. `key` comes from the form, so that sending it twice gives one row.
    """

    class Certainty(models.TextChoices):
        HARD = "hard", "Gerealiseerd"
        EXPECTED = "expected", "Verwacht"

    party = models.ForeignKey(Party, models.PROTECT, related_name="stock_statements")
    year = models.PositiveSmallIntegerField("jaar")
    certainty = models.CharField("zekerheid", max_length=8, choices=Certainty)
    number = models.PositiveSmallIntegerField("versie")
    key = models.UUIDField(unique=True)
    begin = models.PositiveIntegerField("beginstand")
    built = models.PositiveIntegerField("gebouwd")
    bought = models.PositiveIntegerField("gekocht")
    sold = models.PositiveIntegerField("verkocht")
    liberalised = models.PositiveIntegerField("geliberaliseerd")
    demolished = models.PositiveIntegerField("gesloopt")
    reported_end = models.PositiveIntegerField("eindstand volgens opgave")
    as_of = models.DateField("peildatum")
    origin = models.CharField("bron", max_length=200)
    explanation = models.TextField("toelichting", max_length=1000, blank=True)
    reason = models.TextField("reden van de verbetering", max_length=500, blank=True)
    provenance = models.CharField("herkomst", max_length=8, choices=Provenance)
    submitted_on = models.DateField("doorgegeven op")
    submitted_at = models.DateTimeField("tijdstip", auto_now_add=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["year", "party__order", "certainty", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "year", "certainty", "number"], name="stock_statement_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="stock_statement_correction_says_why"
            ),
            models.CheckConstraint(
                condition=Q(
                    begin__gte=F("sold") + F("liberalised") + F("demolished") - F("built") - F("bought")
                ),
                name="stock_statement_end_not_below_zero",
            ),
            models.CheckConstraint(
                condition=~Q(explanation="")
                | Q(
                    reported_end=F("begin")
                    + F("built")
                    + F("bought")
                    - F("sold")
                    - F("liberalised")
                    - F("demolished")
                ),
                name="stock_statement_difference_explained",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}, {self.year} ({self.get_certainty_display().lower()})"

    @property
    def ledger(self) -> Ledger:
        """The seven numbers, with what follows from them."""
        return Ledger(**{name: getattr(self, name) for name in NUMBERS})


class StockFloor(models.Model):
    """The ondergrens: how many social rental homes there must be in a year, of all corporations together."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="stock_floors")
    year = models.PositiveSmallIntegerField("jaar")
    value = models.PositiveIntegerField("woningen")
    definition = models.CharField("wat telt mee", max_length=300)
    agenda_items = models.ManyToManyField(AgendaItem, related_name="stock_floors", blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["year"]
        constraints = [models.UniqueConstraint(fields=["agreement", "year"], name="stock_floor_once_a_year")]

    def __str__(self) -> str:
        return f"Minstens {self.value} in {self.year}"


class OtherCount(models.Model):
    """What a source counts in another way: it stands beside the ledger and is never in one line with it (rule 6)."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="other_counts")
    year = models.PositiveSmallIntegerField("jaar")
    value = models.PositiveIntegerField("woningen")
    definition = models.CharField("wat telt mee", max_length=300)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["year"]

    def __str__(self) -> str:
        return f"{self.value} in {self.year}: {self.definition}"
