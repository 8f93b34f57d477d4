"""Telling people, and sending mail, a file per noun."""

from agreements.notifications.operations.bookmark import once_a_day
from agreements.notifications.operations.digest import queue_digests, queue_weeks
from agreements.notifications.operations.mail import forget_mail, queue_mail, retry_mail
from agreements.notifications.operations.notification import mark_read, notify_people
from agreements.notifications.operations.preference import set_preferences, unsubscribe
from agreements.notifications.operations.sending import send_waiting
from agreements.notifications.operations.subscription import (
    confirm_subscription,
    end_subscription,
    forget_unconfirmed,
    subscribe,
)

__all__ = [
    "confirm_subscription",
    "end_subscription",
    "forget_mail",
    "forget_unconfirmed",
    "mark_read",
    "notify_people",
    "once_a_day",
    "queue_digests",
    "queue_mail",
    "queue_weeks",
    "retry_mail",
    "send_waiting",
    "set_preferences",
    "subscribe",
    "unsubscribe",
]
