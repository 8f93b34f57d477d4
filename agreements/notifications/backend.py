"""Where Django's own mail goes (settings.EMAIL_BACKEND): into the queue. The login pages then never wait for a mail server."""

from collections.abc import Sequence
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from agreements.notifications.operations import queue_mail


class MailQueue(BaseEmailBackend):
    """Stores mail instead of sending it; the worker sends it with settings.MAIL_BACKEND."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """One row for every address; the number of mails."""
        for message in email_messages:
            self._store(message)
        return len(email_messages)

    def _store(self, message: EmailMessage) -> None:
        message.message()  # refuses line ends in headers now, as Django's own backends do
        if message.attachments:
            raise NotImplementedError("Mail of the portal has no attachments.")
        html = [part for part, kind in getattr(message, "alternatives", []) if kind == "text/html"]
        for address in message.recipients():
            queue_mail(
                key=f"pages-{uuid4()}",
                to=address,
                subject=str(message.subject),
                text=str(message.body),
                html="".join(map(str, html[:1])),
                sender=message.from_email,
            )
