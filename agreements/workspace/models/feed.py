"""The secret link to somebody's tasks."""

from django.conf import settings
from django.db import models


class CalendarFeed(models.Model):
    """A link with which a calendar program reads the tasks of one person. Only the digest of its token is kept."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed")
    token_sha256 = models.CharField("vingerafdruk", max_length=64, unique=True)
    made_at = models.DateTimeField("gemaakt")

    def __str__(self) -> str:
        return f"Agendalink van {self.user}"
