"""The pages of this slice, a file per noun."""

from agreements.notifications.views.mail import read_mail, read_post, retry_mail
from agreements.notifications.views.notification import notifications
from agreements.notifications.views.preference import set_preferences, unsubscribe
from agreements.notifications.views.subscription import (
    confirm_subscription,
    end_subscription,
    subscribe,
)

__all__ = [
    "confirm_subscription",
    "end_subscription",
    "notifications",
    "read_mail",
    "read_post",
    "retry_mail",
    "set_preferences",
    "subscribe",
    "unsubscribe",
]
