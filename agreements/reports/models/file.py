"""The files of a report that went out before its proof was renewed."""

from django.db import models

from agreements.reports.models.report import Report


class EarlierFile(models.Model):
    """A published file in whose place came the same one with a newer time stamp behind it.

    `sha256` (hex) names it in settings.STORE. Who downloaded it has a genuine report, so it stays known.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="earlier_files")
    sha256 = models.CharField("vingerafdruk", max_length=64, unique=True)
    size = models.PositiveIntegerField("grootte")
    replaced_at = models.DateTimeField("verlengd op")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.report.number}, {self.sha256[:16]}"
