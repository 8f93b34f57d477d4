"""Reading messages."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from agreements.accounts.models import User
from agreements.notifications.models import How, Notification
from agreements.parties.queries import standing_of


def notifications_of(user: Any) -> models.QuerySet[Notification]:
    """The messages this person may read, newest first; what only parties may read is gone with the last role."""
    own = Notification.objects.filter(user=user).select_related("event")
    return own if standing_of(user).parties else own.filter(is_for_parties=False)


def unread_first(user: Any) -> models.QuerySet[Notification]:
    """The same with what was not read yet on top."""
    is_read = Q(read_at__isnull=False)
    return notifications_of(user).annotate(is_read=is_read).order_by("is_read", "-event")


def count_unread(user: Any) -> int:
    """How many unread messages; kept on the user, because menu and page both ask."""
    if not hasattr(user, "_unread_count"):
        user._unread_count = notifications_of(user).filter(read_at__isnull=True).count()
    return user._unread_count


def waiting_for_digest(until: datetime) -> dict[User, list[Notification]]:
    """{person: the messages made before this moment that wait for the mail of the day}, oldest first."""
    waiting = Notification.objects.filter(how=How.DAILY, mailed_at__isnull=True, made_at__lt=until)
    people = User.objects.filter(is_active=True, pk__in=waiting.values("user")).order_by("pk")
    found = {
        user: list(notifications_of(user).filter(pk__in=waiting.values("pk")).order_by("event"))
        for user in people
    }
    return {user: messages for user, messages in found.items() if messages}
