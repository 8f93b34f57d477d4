"""What somebody is told."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.history.models import Event, Provenance
from agreements.notifications.models.preference import How, Kind


class Notification(models.Model):
    """One event, told to one person. `title` goes above a mail and therefore holds no figures or texts of drafts.

    `how` is what the person preferred at that moment; `mailed_at` when it was put in a mail. `is_for_parties`: the
    subject was not public, so it is hidden from who no longer belongs to a party.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    kind = models.CharField("soort", max_length=7, choices=Kind)
    title = models.CharField("onderwerp", max_length=150)
    sentence = models.TextField("wat")
    address = models.CharField("pagina", max_length=200)
    provenance = models.CharField("herkomst", max_length=8, choices=Provenance)
    is_for_parties = models.BooleanField("alleen voor partijen")
    how = models.CharField("hoe", max_length=7, choices=How)
    made_at = models.DateTimeField("gemaakt", auto_now_add=True)
    mailed_at = models.DateTimeField("in een mail gezet", null=True)
    read_at = models.DateTimeField("gelezen", null=True)

    class Meta:
        ordering = ["-event"]
        constraints = [models.UniqueConstraint(fields=["user", "event"], name="notification_once")]
        indexes = [
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notification_unread"),
            models.Index(
                fields=["user"], condition=Q(how="daily", mailed_at__isnull=True), name="notification_waiting"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_example(self) -> bool:
        """Whether it is about invented rows and must be labelled (rule 11)."""
        return self.provenance == Provenance.EXAMPLE
