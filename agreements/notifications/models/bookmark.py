"""How far the worker is."""

from django.db import models


class Bookmark(models.Model):
    """How far one job of the worker is: up to which event, or for which day it was done.

    The row is locked while the job runs: two workers do not do it twice.
    """

    class Job(models.TextChoices):
        EVENTS = "events", "Gebeurtenissen lezen"
        REMINDERS = "reminders", "Partijen herinneren"
        DIGEST = "digest", "Eén mail per dag"
        WEEK = "week", "Mail met taken op maandag"
        FORGET = "forget", "Oude mail opruimen"

    job = models.CharField("werk", max_length=9, choices=Job, unique=True)
    event = models.PositiveBigIntegerField("tot en met gebeurtenis", default=0)
    day = models.DateField("gedaan voor", null=True)

    def __str__(self) -> str:
        return f"{self.get_job_display()}: {self.day or self.event}"
