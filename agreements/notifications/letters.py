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
from agreements.notifications.models import Kind, Notification, Subscription
from agreements.reports.models import Report
from agreements.web.formats import counted

SALT = "agreements.notifications.unsubscribe"
READER_SALT = "agreements.notifications.reader"


@dataclass(frozen=True)
class Letter:
    """A mail before it is stored. `key` says what it is: the same key is sent once. `user` is empty without an account."""

    key: str
    to: str
    subject: str
    text: str
    html: str
    unsubscribe: str = ""
    user: User | None = None


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
    number = counted(len(notifications), "nieuw bericht", "nieuwe berichten")
    context = {"notifications": notifications, "link": address(reverse("notifications:notifications"))}
    return _letter("digest", f"digest-{day}-{user.pk}", user, f"U heeft {number}", kinds, context)


def week_letter(user: User, tasks: Sequence[Any], *, day: date) -> Letter:
    """The open tasks on a Monday; `tasks` as the workspace shows them."""
    number = counted(len(tasks), "open taak", "open taken")
    context = {"tasks": tasks, "link": address(reverse("workspace:tasks"))}
    return _letter("week", f"week-{day}-{user.pk}", user, f"U heeft {number}", [Kind.WEEK], context)


def confirm_letter(subscription: Subscription, *, day: date) -> Letter:
    """Whether the owner of this address really wants mail about reports."""
    link = _reader_address("confirm_subscription", subscription)
    key = f"lezer-bevestigen-{subscription.pk}-{day}"
    return _reader_letter("confirm", key, subscription, "Bevestig uw aanmelding", {"link": link})


def report_letter(subscription: Subscription, report: Report) -> Letter:
    """A new report, for somebody without an account."""
    context = {"report": report, "link": address(reverse("reports:report", args=[report.number]))}
    key = f"lezer-{report.number}-{subscription.pk}"
    subject = "Er is een nieuwe rapportage aan de raad"
    stop = _reader_address("end_subscription", subscription)
    return _reader_letter("report", key, subscription, subject, context | {"unsubscribe": stop})


def read_reader_token(token: str) -> Subscription | None:
    """The subscription of such an address, or None when it is not ours or was stopped."""
    try:
        said = signing.loads(token, salt=READER_SALT)
    except signing.BadSignature:
        return None
    return Subscription.objects.filter(pk=said["reader"]).first()


def is_reader_token(token: str) -> bool:
    """Whether an address is ours, also when the subscription is not there any more."""
    try:
        signing.loads(token, salt=READER_SALT)
    except signing.BadSignature:
        return False
    return True


def _reader_address(view: str, subscription: Subscription) -> str:
    token = signing.dumps({"reader": subscription.pk}, salt=READER_SALT)
    return address(reverse(f"notifications:{view}", args=[token]))


def _reader_letter(
    template: str, key: str, subscription: Subscription, subject: str, context: dict[str, Any]
) -> Letter:
    text, html = _written(template, context | {"subject": subject, "portal_url": settings.PUBLIC_URL})
    return Letter(key, subscription.email, subject, text, html, context.get("unsubscribe", ""))


def _written(template: str, context: dict[str, Any]) -> tuple[str, str]:
    """(text, HTML) with the same words."""
    return (
        render_to_string(f"notifications/mail/{template}.txt", context),
        render_to_string(f"notifications/mail/{template}.html", context),
    )


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
    text, html = _written(template, context)
    return Letter(key, user.email, subject, text, html, unsubscribe, user)
