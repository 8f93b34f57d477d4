"""Reading the mail that waits or failed."""

from django.db import models

from agreements.notifications.models import Mail


def failed_mail() -> models.QuerySet[Mail]:
    """What a mail server refused for good, the newest first."""
    return Mail.objects.filter(failed_at__isnull=False).order_by("-failed_at")


def waiting_mail() -> models.QuerySet[Mail]:
    """What still has to go out, the oldest first: that one tells how long it has been going wrong."""
    return Mail.objects.waiting().order_by("queued_at", "pk")


def stored_mail() -> models.QuerySet[Mail]:
    """All mail of the portal, newest first."""
    return Mail.objects.all()
