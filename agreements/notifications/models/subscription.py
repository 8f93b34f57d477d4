"""Who has no account and still wants a mail when a report is published."""

from django.db import models


class Subscription(models.Model):
    """An address, and whether its owner confirmed it from a mail. The row is gone when that person stops it."""

    email = models.EmailField("e-mailadres", unique=True)
    asked_at = models.DateTimeField("gevraagd", auto_now_add=True)
    confirmed_at = models.DateTimeField("bevestigd", null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"aanmelding {self.pk}"
