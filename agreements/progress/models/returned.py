"""A question of the municipality about an update, and the answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.progress.models.update import ProgressUpdate


class Return(models.Model):
    """An update that was sent back with a question (teruggevraagd). The update itself stays as it is (rule 4).

    It ends with an answer in words, or with a better update: `correction`.
    """

    update = models.ForeignKey(ProgressUpdate, models.PROTECT, related_name="returns")
    question = models.TextField("vraag", max_length=1000)
    asked_on = models.DateField("gevraagd op")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answer = models.TextField("antwoord", max_length=1000, blank=True)
    correction = models.ForeignKey(
        ProgressUpdate, models.PROTECT, null=True, blank=True, related_name="answered_returns"
    )
    answered_on = models.DateField("beantwoord op", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["update"], condition=Q(answered_on__isnull=True), name="return_one_open"
            ),
            models.CheckConstraint(
                condition=Q(
                    answered_on__isnull=True, answered_by__isnull=True, answer="", correction__isnull=True
                )
                | (
                    Q(answered_on__isnull=False, answered_by__isnull=False)
                    & (~Q(answer="") | Q(correction__isnull=False))
                ),
                name="return_answered_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.update}: {'beantwoord' if self.answered_on else 'open'}"
