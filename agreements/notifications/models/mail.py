"""Mail that waits, was sent or could not be delivered."""

import hashlib
from email.utils import parseaddr

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class MailQuerySet(models.QuerySet["Mail"]):
    def waiting(self) -> "MailQuerySet":
        """What must still go out."""
        return self.filter(sent_at__isnull=True, failed_at__isnull=True)

    def due(self) -> "MailQuerySet":
        """What may go out now, the longest waiting first."""
        return self.waiting().filter(next_attempt_at__lte=timezone.now()).order_by("next_attempt_at", "pk")


class Mail(models.Model):
    """One mail to one address, kept until the mail server took it. `key` says what it is: the same key, one mail.

    What was sent loses its text: it may hold a link that opens an account. `failed_at` is set when the server refused
    it for good; everything else is tried again. `user` is empty for mail of the login pages.
    """

    key = models.CharField("sleutel", max_length=80, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sender = models.CharField("van", max_length=254)
    to = models.CharField("aan", max_length=254)
    subject = models.CharField("onderwerp", max_length=250)
    text = models.TextField("tekst", blank=True)
    html = models.TextField("opgemaakte tekst", blank=True)
    unsubscribe = models.CharField("adres om af te melden", max_length=400, blank=True)
    queued_at = models.DateTimeField("in de wachtrij gezet", auto_now_add=True)
    attempts = models.PositiveIntegerField("pogingen", default=0)
    next_attempt_at = models.DateTimeField("volgende poging", default=timezone.now)
    sent_at = models.DateTimeField("verstuurd", null=True, blank=True)
    failed_at = models.DateTimeField("niet bezorgd", null=True, blank=True)
    last_error = models.CharField("laatste fout", max_length=300, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(failed_at__isnull=True), name="mail_sent_or_failed"
            ),
            models.CheckConstraint(
                condition=Q(failed_at__isnull=True) | ~Q(last_error=""), name="mail_failed_why"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(sent_at__isnull=True, failed_at__isnull=True),
                name="mail_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def message_id(self) -> str:
        """The same for every attempt, so that a mail sent twice after a crash shows as one."""
        digest = hashlib.sha256(self.key.encode()).hexdigest()
        domain = parseaddr(self.sender)[1].rpartition("@")[2]
        return f"<{digest[:32]}@{domain}>"
