"""Rounds in which parties report."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from agreements.agreement.models import YearSlice

DAYS_TO_ASSESS = 14


class RoundQuerySet(models.QuerySet["ReportingRound"]):
    def open_on(self, day: date) -> "RoundQuerySet":
        """Rounds in which parties may report on this day."""
        return self.filter(opened_on__lte=day).filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))


class ReportingRound(models.Model):
    """A rapportageronde: everybody reports the standing on one peildatum, before one due date.

    Until `assess_by` the other parties judge what was reported; `assess_until` is that day where it was set.
    """

    year_slice = models.ForeignKey(YearSlice, models.PROTECT, related_name="rounds")
    code = models.CharField("code", max_length=10, unique=True)
    name = models.CharField("naam", max_length=60)
    as_of = models.DateField("peildatum")
    opened_on = models.DateField("open vanaf")
    due_on = models.DateField("uiterlijk")
    closed_on = models.DateField("gesloten op", null=True, blank=True)
    assess_until = models.DateField("oordelen tot en met", null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["as_of"]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=models.F("as_of")), name="round_due_after_as_of"),
            models.CheckConstraint(
                condition=Q(assess_until__isnull=True) | Q(assess_until__gte=models.F("due_on")),
                name="round_assess_after_due",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_open_on(self, day: date) -> bool:
        """Whether parties may report on this day."""
        return self.opened_on <= day and (self.closed_on is None or day < self.closed_on)

    @property
    def assess_by(self) -> date:
        """The last day to judge the figures of this round: the day that was set, else two weeks after the due date."""
        return self.assess_until or self.due_on + timedelta(days=DAYS_TO_ASSESS)
