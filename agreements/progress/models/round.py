"""Rounds in which parties report."""

from datetime import date

from django.db import models
from django.db.models import Q

from agreements.agreement.models import YearSlice


class RoundQuerySet(models.QuerySet["ReportingRound"]):
    def open_on(self, day: date) -> "RoundQuerySet":
        """Rounds in which parties may report on this day."""
        return self.filter(opened_on__lte=day).filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))


class ReportingRound(models.Model):
    """A rapportageronde: everybody reports the standing on one peildatum, before one due date."""

    year_slice = models.ForeignKey(YearSlice, models.PROTECT, related_name="rounds")
    code = models.CharField("code", max_length=10, unique=True)
    name = models.CharField("naam", max_length=60)
    as_of = models.DateField("peildatum")
    opened_on = models.DateField("open vanaf")
    due_on = models.DateField("uiterlijk")
    closed_on = models.DateField("gesloten op", null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["as_of"]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=models.F("as_of")), name="round_due_after_as_of")
        ]

    def __str__(self) -> str:
        return self.name

    def is_open_on(self, day: date) -> bool:
        """Whether parties may report on this day."""
        return self.opened_on <= day and (self.closed_on is None or day < self.closed_on)
