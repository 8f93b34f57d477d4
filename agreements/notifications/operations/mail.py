"""Putting mail in the queue, and once more after it was refused."""

from datetime import date, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from agreements.accounts.models import User
from agreements.history.operations import record
from agreements.notifications import permissions
from agreements.notifications.letters import Letter
from agreements.notifications.models import Mail

KEPT = timedelta(days=30)


def queue_mail(
    *,
    key: str,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    sender: str = "",
    user: User | None = None,
    unsubscribe: str = "",
) -> Mail:
    """Keep a mail until the worker sends it, and return it; with a key that is known already the one that is there."""
    fields = {
        "to": parseaddr(to)[1],
        "subject": one_line(subject)[:250],
        "text": text,
        "html": html,
        "sender": sender or settings.DEFAULT_FROM_EMAIL,
        "user": user,
        "unsubscribe": unsubscribe,
    }
    return Mail.objects.get_or_create(key=key, defaults=fields)[0]


def queue_letter(letter: Letter) -> Mail:
    """The same for a letter of the portal itself."""
    return queue_mail(
        key=letter.key,
        to=letter.to,
        subject=settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + letter.subject,
        text=letter.text,
        html=letter.html,
        user=letter.user,
        unsubscribe=letter.unsubscribe,
    )


@transaction.atomic
def retry_mail(mail: Mail, *, by: User, on: date) -> Mail:
    """Send once more what was refused for good, to the address the person has now."""
    mail = Mail.objects.select_for_update(of=("self",)).select_related("user").get(pk=mail.pk)
    permissions.retry_mail(mail, by=by)
    mail.to = mail.user.email if mail.user else mail.to
    mail.failed_at, mail.last_error, mail.attempts, mail.next_attempt_at = None, "", 0, timezone.now()
    mail.save(update_fields=["to", "failed_at", "last_error", "attempts", "next_attempt_at"])
    record("notifications.mail_retried", mail, by=by, on=on, sentence="Geweigerde mail opnieuw verstuurd.")
    return mail


def forget_mail() -> int:
    """Remove what was sent long ago; how many. Its text went when it was sent."""
    return Mail.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()[0]


def one_line(text: str) -> str:
    """Without line ends, with which a name could add headers to a mail."""
    return " ".join(text.split())
