"""Reminders to parties that still owe their progress."""

from django.db import models

from agreements.parties.models import Party
from agreements.progress.models.round import ReportingRound

# Days from the due date. After four late ones it is for people to call each other.
STEPS = (-14, -7, -1, 7, 14, 21, 28)
ESCALATES_FROM = 14  # the second late reminder also goes to a second person of the party


class Reminder(models.Model):
    """A party was asked again for what it owes in a round; `step` says for which of the fixed days this was."""

    round = models.ForeignKey(ReportingRound, models.PROTECT, related_name="reminders", verbose_name="ronde")
    party = models.ForeignKey(Party, models.PROTECT, related_name="reminders")
    step = models.SmallIntegerField("dagen vanaf de uiterste dag")
    sent_on = models.DateField("verstuurd op")

    class Meta:
        ordering = ["round__as_of", "party__order", "step"]
        constraints = [
            models.UniqueConstraint(fields=["round", "party", "step"], name="reminder_once"),
            models.CheckConstraint(condition=models.Q(step__in=STEPS), name="reminder_step_known"),
        ]

    def __str__(self) -> str:
        return f"{self.round}, {self.party}: {self.sent_on}"

    @property
    def is_escalated(self) -> bool:
        """Whether it went to a second person as well."""
        return self.step >= ESCALATES_FROM
