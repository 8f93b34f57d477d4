"""Reading messages, people, preferences and mail, a file per noun."""

from agreements.notifications.queries.mail import failed_mail, stored_mail, waiting_mail
from agreements.notifications.queries.notification import (
    count_unread,
    notifications_of,
    unread_first,
    waiting_for_digest,
)
from agreements.notifications.queries.people import everyone, members_of
from agreements.notifications.queries.preference import how_for, preferences_of, readers_of_week

__all__ = [
    "count_unread",
    "everyone",
    "failed_mail",
    "how_for",
    "members_of",
    "notifications_of",
    "preferences_of",
    "readers_of_week",
    "stored_mail",
    "unread_first",
    "waiting_for_digest",
    "waiting_mail",
]
