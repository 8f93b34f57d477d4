"""Indicators: what is counted, and how."""

from decimal import Decimal

from django.db import models

from agreements.history.models import Provenance, Source
from agreements.web.formats import dutch_number


class Indicator(models.Model):
    """What is counted and how. Two figures with different definitions are never one line (rule 6)."""

    class ValueKind(models.TextChoices):
        NUMBER = "number", "aantal"
        PERCENTAGE = "percentage", "percentage"
        EURO = "euro", "bedrag in euro"
        YES_NO = "yes_no", "ja of nee"
        RATIO = "ratio", "verhouding"

    class Counting(models.TextChoices):
        CUMULATIVE = "cumulative", "opgeteld vanaf 1 januari"
        AT_DATE = "at_date", "stand op de peildatum"
        PERIOD = "period", "alleen deze periode"

    key = models.SlugField("sleutel", max_length=40, unique=True)
    name = models.CharField("naam", max_length=120)
    definition = models.TextField("definitie")
    unit = models.CharField("eenheid", max_length=40)
    area = models.CharField("gebied", max_length=80, default="gemeente Hilversum")
    supplied_by = models.CharField("cijfers komen van", max_length=120, blank=True)
    value_kind = models.CharField("soort waarde", max_length=10, choices=ValueKind)
    counting = models.CharField("manier van tellen", max_length=10, choices=Counting)
    decimals = models.PositiveSmallIntegerField("cijfers achter de komma", default=0)
    provenance = models.CharField("herkomst", max_length=8, choices=Provenance)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.unit})"

    @property
    def is_yes_no(self) -> bool:
        """Whether the answer is ja or nee; stored as 1 or 0."""
        return self.value_kind == self.ValueKind.YES_NO

    def definition_as_data(self) -> dict[str, str]:
        """What makes a figure comparable (rule 6), as snapshots and signed texts keep it."""
        return {
            "indicator": self.name,
            "definition": self.definition,
            "unit": self.unit,
            "area": self.area,
            "counting": self.get_counting_display(),
        }

    def in_words(self, value: Decimal) -> str:
        """52 woningen; 91%; € 44; gedaan."""
        if self.is_yes_no:
            return "gedaan" if value else "nog niet gedaan"
        if self.value_kind == self.ValueKind.PERCENTAGE:
            return f"{dutch_number(value)}%"
        if self.value_kind == self.ValueKind.EURO:
            return f"€ {dutch_number(value)}"
        return f"{dutch_number(value)} {self.unit}"

    @property
    def adds_up(self) -> bool:
        """Whether the figures of two parties together are a figure: numbers and euros, not shares or ja and nee."""
        return self.value_kind in (self.ValueKind.NUMBER, self.ValueKind.EURO)
