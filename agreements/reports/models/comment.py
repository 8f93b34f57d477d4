"""What a party says about the draft of a report."""

from django.conf import settings
from django.db import models

from agreements.parties.models import Party
from agreements.reports.models.report import Report


class ReportComment(models.Model):
    """A remark of a party on a draft, for the coordinators. A second one is a new row; nothing is overwritten.

    `key` comes from the form, so that sending the same form twice gives one remark.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="comments")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    text = models.TextField("reactie", max_length=1000)
    key = models.UUIDField(unique=True)
    said_on = models.DateField("gegeven op")
    said_at = models.DateTimeField("tijdstip", auto_now_add=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.party} over {self.report.number}"
