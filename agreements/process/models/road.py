"""The road of a jaarschijf: what happened, and before when each phase should be done."""

from django.db import models
from django.db.models import Q

from agreements.agreement.models import YearSlice
from agreements.history.models import Provenance, Source


class ProcessStep(models.Model):
    """Something that happened on the way to a jaarschijf, as a source tells it.

    `happened_on` is the day when a source gives one; `period` what the source says otherwise ("voor de zomer").
    """

    year_slice = models.ForeignKey(YearSlice, models.PROTECT, related_name="process_steps")
    order = models.PositiveSmallIntegerField("volgorde", default=0)
    title = models.CharField("stap", max_length=120)
    who = models.CharField("wie", max_length=160)
    happened_on = models.DateField("datum", null=True, blank=True)
    period = models.CharField("periode", max_length=80, blank=True)
    text = models.TextField("wat er gebeurde", max_length=1000)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    provenance = models.CharField("herkomst", max_length=8, choices=Provenance)

    class Meta:
        ordering = ["year_slice__year", "order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(happened_on__isnull=False) | ~Q(period=""), name="process_step_has_time"
            ),
            models.UniqueConstraint(fields=["year_slice", "order"], name="process_step_order"),
        ]

    def __str__(self) -> str:
        return self.title


class PhaseDeadline(models.Model):
    """The day before which a phase of a jaarschijf should be done, with the ground for it."""

    year_slice = models.ForeignKey(YearSlice, models.PROTECT, related_name="deadlines")
    phase = models.CharField("fase", max_length=12, choices=YearSlice.Phase)
    due_on = models.DateField("uiterlijk op")
    basis = models.CharField("grond", max_length=200)
    is_statutory = models.BooleanField("staat in de wet", default=False)

    class Meta:
        ordering = ["due_on"]
        constraints = [models.UniqueConstraint(fields=["year_slice", "phase"], name="phase_deadline_once")]

    def __str__(self) -> str:
        return f"{self.year_slice}, {self.get_phase_display().lower()}: {self.due_on}"
