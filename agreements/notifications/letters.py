"""What mails say: text and HTML with the same words, and one clear link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse

from agreements.accounts.models import User
from agreements.notifications.models import Kind, Notification

SALT = "agreements.notifications.unsubscribe"


@dataclass(frozen=True)
class Letter:
    """A mail before it is stored. `key` says what it is: the same key is sent once."""

    key: str
    user: User
    subject: str
    text: str
    html: str
    unsubscribe: str = ""


def notification_letter(notification: Notification) -> Letter:
    """One message at once."""
    kind = Kind(notification.kind)
    kinds = [] if kind == Kind.DUTY else [kind]
    context = {"notification": notification, "link": address(notification.address), "kind": kind}
    key = f"event-{notification.event_id}-{notification.user_id}"
    return _letter("notification", key, notification.user, notification.title, kinds, context)


def digest_letter(user: User, notifications: Sequence[Notification], *, day: date) -> Letter:
    """The messages of a day in one mail."""
    kinds = sorted({Kind(notification.kind) for notification in notifications})
    number = "1 nieuw bericht" if len(notifications) == 1 else f"{len(notifications)} nieuwe berichten"
    context = {"notifications": notifications, "link": address(reverse("notifications:notifications"))}
    return _letter("digest", f"digest-{day}-{user.pk}", user, f"U heeft {number}", kinds, context)


def week_letter(user: User, tasks: Sequence[Any], *, day: date) -> Letter:
    """The open tasks on a Monday; `tasks` as the workspace shows them."""
    number = "1 open taak" if len(tasks) == 1 else f"{len(tasks)} open taken"
    context = {"tasks": tasks, "link": address(reverse("workspace:tasks"))}
    return _letter("week", f"week-{day}-{user.pk}", user, f"U heeft {number}", [Kind.WEEK], context)


def address(path: str) -> str:
    """Full address of a page; never from a request, whose sender chooses the host."""
    return settings.PUBLIC_URL + path


def unsubscribe_address(user: User, kinds: Sequence[Kind]) -> str:
    """The secret address with which this person stops mail of these kinds, without logging in."""
    token = signing.dumps({"user": user.pk, "kinds": [str(kind) for kind in kinds]}, salt=SALT)
    return address(reverse("notifications:unsubscribe", args=[token]))


def read_token(token: str) -> tuple[int, list[Kind]] | None:
    """(primary key of the person, kinds) of such an address, or None when it is not ours."""
    try:
        said = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return said["user"], [Kind(kind) for kind in said["kinds"] if kind in Kind.values]


def _letter(
    template: str, key: str, user: User, subject: str, kinds: Sequence[Kind], context: dict[str, Any]
) -> Letter:
    unsubscribe = unsubscribe_address(user, kinds) if kinds else ""
    context |= {
        "subject": subject,
        "unsubscribe": unsubscribe,
        "portal_url": settings.PUBLIC_URL,
        "settings_url": address(reverse("notifications:set_preferences")),
    }
    text, html = (
        render_to_string(f"notifications/mail/{template}.{ending}", context) for ending in ("txt", "html")
    )
    return Letter(key, user, subject, text, html, unsubscribe)
