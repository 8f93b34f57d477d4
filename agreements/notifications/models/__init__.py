"""The tables of this slice, a file per noun."""

from agreements.notifications.models.bookmark import Bookmark
from agreements.notifications.models.mail import Mail, MailQuerySet
from agreements.notifications.models.notification import Notification
from agreements.notifications.models.preference import CHOICES, DEFAULTS, How, Kind, Preference
from agreements.notifications.models.subscription import Subscription

__all__ = [
    "CHOICES",
    "DEFAULTS",
    "Bookmark",
    "How",
    "Kind",
    "Mail",
    "MailQuerySet",
    "Notification",
    "Preference",
    "Subscription",
]
