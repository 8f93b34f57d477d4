"""Reminders to parties that have not answered."""

from django.db import models

from agreements.signing.models.seat import Seat

STEPS = (-14, -7, -1)  # days from the last day; after it silence is written down as silence


class SigningReminder(models.Model):
    """A party was asked again for its answer; `step` says for which of the fixed days this was."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="reminders")
    step = models.SmallIntegerField("dagen vanaf de laatste dag")
    sent_on = models.DateField("verstuurd op")

    class Meta:
        ordering = ["seat", "step"]
        constraints = [
            models.UniqueConstraint(fields=["seat", "step"], name="signing_reminder_once"),
            models.CheckConstraint(condition=models.Q(step__in=STEPS), name="signing_reminder_step_known"),
        ]

    def __str__(self) -> str:
        return f"{self.seat.party}: {self.sent_on}"
