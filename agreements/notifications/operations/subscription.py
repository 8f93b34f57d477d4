"""Mail about new reports for people without an account. Not in the history: an address that is stopped is forgotten."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from agreements.notifications.letters import confirm_letter, report_letter
from agreements.notifications.models import Mail, Subscription
from agreements.notifications.operations.mail import queue_letter
from agreements.reports.models import Report

KEPT = timedelta(days=7)  # an address whose owner does not confirm it
MOST_WAITING = 200  # unconfirmed at a time: nobody mails half the town through us


@transaction.atomic
def subscribe(email: str) -> None:
    """Mail this address whether its owner really wants this. Once a day at most, and not when it is confirmed already.

    Says nothing of what it found: who has subscribed is nobody else's business.
    """
    email = email.lower()
    found = Subscription.objects.filter(email=email).first()
    if found is None:
        if Subscription.objects.filter(confirmed_at__isnull=True).count() >= MOST_WAITING:
            raise ValidationError("Er zijn nu te veel aanmeldingen. Probeer het over een paar dagen opnieuw.")
        found, _ = Subscription.objects.get_or_create(email=email)
    if found.confirmed_at is None:
        queue_letter(confirm_letter(found, day=timezone.localdate()))


def confirm_subscription(subscription: Subscription) -> None:
    """The owner of the address says yes; saying it twice changes nothing."""
    Subscription.objects.filter(pk=subscription.pk, confirmed_at=None).update(confirmed_at=timezone.now())


@transaction.atomic
def end_subscription(subscription: Subscription) -> None:
    """Forget the address, also in mail that was sent or waits."""
    Mail.objects.filter(key__startswith="lezer-", to=subscription.email).delete()
    Subscription.objects.filter(pk=subscription.pk).delete()


def tell_readers(report: Report) -> None:
    """Queue a mail for each confirmed address; done twice it is still one mail each."""
    for subscription in Subscription.objects.filter(confirmed_at__isnull=False).iterator():
        queue_letter(report_letter(subscription, report))


def forget_unconfirmed() -> int:
    """Remove the addresses that nobody confirmed; how many."""
    old = Subscription.objects.filter(confirmed_at=None, asked_at__lt=timezone.now() - KEPT)
    return old.delete()[0]
