"""Reminders to parties that still owe their progress."""

from django.conf import settings
from django.db import models

from agreements.parties.models import Party
from agreements.progress.models.round import ReportingRound

# Days from the due date. After four late ones it is for people to call each other.
STEPS = (-14, -7, -1, 7, 14, 21, 28)
ESCALATES_FROM = 14  # the second late reminder also goes to a second person of the party
MOST_BY_HAND = 3  # per party and round; who did not answer by then is called


class Reminder(models.Model):
    """A party was asked again for what it owes in a round.

    `step` says for which of the fixed days this was; None for one in between, by hand. `sent_by` is who pressed the
    button, None for the worker.
    """

    round = models.ForeignKey(ReportingRound, models.PROTECT, related_name="reminders", verbose_name="ronde")
    party = models.ForeignKey(Party, models.PROTECT, related_name="reminders")
    step = models.SmallIntegerField("dagen vanaf de uiterste dag", null=True, blank=True)
    sent_on = models.DateField("verstuurd op")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["round__as_of", "party__order", "sent_on"]
        constraints = [
            models.UniqueConstraint(fields=["round", "party", "step"], name="reminder_once"),
            models.UniqueConstraint(fields=["round", "party", "sent_on"], name="reminder_once_a_day"),
            models.CheckConstraint(condition=models.Q(step__in=STEPS), name="reminder_step_known"),
            models.CheckConstraint(
                condition=models.Q(step__isnull=False) | models.Q(sent_by__isnull=False),
                name="reminder_step_or_hand",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}, {self.party}: {self.sent_on}"

    @property
    def is_escalated(self) -> bool:
        """Whether it went to a second person as well."""
        return (self.sent_on - self.round.due_on).days >= ESCALATES_FROM
