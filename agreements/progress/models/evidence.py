"""Evidence that stands on another website."""

from django.db import models

from agreements.documents.models import Visibility
from agreements.progress.models.update import ProgressUpdate


class EvidenceLink(models.Model):
    """The address of a page that shows a figure is right. Kept as text; the portal never asks for it."""

    update = models.ForeignKey(ProgressUpdate, models.PROTECT, related_name="links")
    address = models.CharField("adres", max_length=500)
    visibility = models.CharField("zichtbaar voor", max_length=8, choices=Visibility)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(address__startswith="https://"), name="evidence_link_https"
            )
        ]

    def __str__(self) -> str:
        return self.address
