"""Giving mail to the mail server: each once, none lost.

A mail is claimed in a short transaction and sent outside it, so that a slow server holds up nobody's writing. A worker
that dies in between leaves a claim that ends; the mail then goes again, with the same Message-ID.
"""

from datetime import timedelta
from smtplib import (
    SMTPDataError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
)

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils import timezone

from agreements.notifications.models import Mail

CLAIM = timedelta(minutes=5)  # longer than a conversation with the server can take (EMAIL_TIMEOUT a step)
PAUSES = (1, 2, 5, 10, 20, 40, 60)  # minutes; the last one for ever
log = structlog.get_logger("agreements.notifications")


class Gone(Exception):
    """The server answered that this mail will never be taken."""


def send_waiting(*, most: int = 200) -> int:
    """Send what is due and return how many went out. Stops at the first sign that the server is not there."""
    sent = 0
    for _ in range(most if settings.MAIL_BACKEND else 0):
        mail = claim_mail()
        if mail is None:
            break
        try:
            _hand_over(mail)
            sent += _note_sent(mail)
        except Gone as refusal:
            _note_failed(mail, str(refusal))
        except (SMTPRecipientsRefused, SMTPDataError) as busy:  # this one later; the server is there
            _postpone(mail, _said(busy))
        except OSError as error:  # SMTPException is one
            _postpone(mail, f"{type(error).__name__}: {error}")
            break
    return sent


def claim_mail() -> Mail | None:
    """The mail that waits longest, for this worker alone until the claim ends; None when nothing is due."""
    if not Mail.objects.due().exists():
        return None  # mostly so, without asking for a lock
    with transaction.atomic():
        mail = Mail.objects.due().select_for_update(skip_locked=True, of=("self",)).first()
        if mail is not None:
            mail.attempts += 1
            mail.next_attempt_at = timezone.now() + CLAIM
            mail.save(update_fields=["attempts", "next_attempt_at"])
    return mail


def message_of(mail: Mail) -> EmailMultiAlternatives:
    """The mail as it goes over the line."""
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if mail.unsubscribe:  # RFC 8058: one click in the mail program, without a page
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(mail.subject, mail.text, mail.sender, [mail.to], headers=headers)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _hand_over(mail: Mail) -> None:
    """Give it to the server. Gone when that can never work; OSError when it may work later."""
    message = message_of(mail)
    message.connection = get_connection(settings.MAIL_BACKEND)
    try:
        if not message.send():
            raise Gone("Er is geen adres.")
    except (SMTPRecipientsRefused, SMTPDataError) as refusal:
        if _code(refusal) >= 500:
            raise Gone(_said(refusal)) from refusal
        raise
    except (SMTPNotSupportedError, ValueError) as error:  # an address or a header that cannot be written
        raise Gone(f"{type(error).__name__}: {error}") from error


def _note_sent(mail: Mail) -> bool:
    """The text goes: it may hold a link that opens an account, and nobody needs it any more."""
    mine = Mail.objects.waiting().filter(pk=mail.pk)
    return bool(mine.update(sent_at=timezone.now(), text="", html="", unsubscribe="", last_error=""))


def _note_failed(mail: Mail, why: str) -> None:
    log.warning("mail_refused", mail=mail.pk)
    Mail.objects.waiting().filter(pk=mail.pk).update(failed_at=timezone.now(), last_error=_short(why))


def _postpone(mail: Mail, why: str) -> None:
    pause = timedelta(minutes=PAUSES[min(mail.attempts, len(PAUSES)) - 1])
    log.warning("mail_postponed", mail=mail.pk, attempts=mail.attempts)
    later = {"next_attempt_at": timezone.now() + pause, "last_error": _short(why)}
    Mail.objects.waiting().filter(pk=mail.pk).update(**later)


def _code(refusal: SMTPRecipientsRefused | SMTPDataError) -> int:
    """What the server answered: 5xx never, 4xx not now."""
    if isinstance(refusal, SMTPDataError):
        return refusal.smtp_code
    return min(code for code, _ in refusal.recipients.values())


def _said(refusal: SMTPRecipientsRefused | SMTPDataError) -> str:
    """The answer of the server as text."""
    if isinstance(refusal, SMTPDataError):
        answers = [(refusal.smtp_code, refusal.smtp_error)]
    else:
        answers = list(refusal.recipients.values())
    return "; ".join(
        f"{code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"
        for code, said in answers
    )


def _short(text: str) -> str:
    """As it fits the row, without characters that no row takes."""
    return " ".join(text.replace("\0", " ").split())[:300] or "onbekende fout"
