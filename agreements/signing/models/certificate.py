"""Certificates with which parties sign themselves."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agreements.parties.models import Party

WARNINGS = (60, 14)  # days before a certificate ends


class OwnCertificate(models.Model):
    """The key and certificate of a party itself, brought as a PKCS#12 file. One at a time.

    `secret` is the key, encrypted (pdf/own.py); it is gone once the party takes it away or brings another.
    `issuers` are the names above it, a line each. `is_qualified` is what the certificate says of itself.
    `warned_days` is the last of WARNINGS of which the party heard.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="own_certificates")
    secret = models.TextField("versleutelde sleutel", blank=True)
    holder = models.CharField("op naam van", max_length=200)
    issuers = models.TextField("uitgevers")
    fingerprint = models.CharField("vingerafdruk", max_length=64)
    not_before = models.DateTimeField("geldig vanaf")
    not_after = models.DateTimeField("geldig tot en met")
    is_qualified = models.BooleanField("gekwalificeerd volgens het certificaat", default=False)
    warned_days = models.PositiveSmallIntegerField(
        "gewaarschuwd, dagen voor het einde", null=True, blank=True
    )
    added_on = models.DateField("toegevoegd op")
    added_at = models.DateTimeField("tijdstip van toevoegen", auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    removed_on = models.DateField("verwijderd op", null=True, blank=True)
    removed_at = models.DateTimeField("tijdstip van verwijderen", null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["party__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["party"], condition=Q(removed_at__isnull=True), name="own_certificate_one_a_party"
            ),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True, removed_at__isnull=True, removed_by__isnull=True)
                & ~Q(secret="")
                | Q(removed_on__isnull=False, removed_at__isnull=False, removed_by__isnull=False, secret=""),
                name="own_certificate_removed_without_key",
            ),
        ]

    def __str__(self) -> str:
        return f"Certificaat van {self.party}"

    @property
    def days_left(self) -> int:
        """Whole days until it ends, by the real clock; negative when it has."""
        return (self.not_after - timezone.now()).days

    @property
    def ends_soon(self) -> bool:
        """Whether its party has to bring another, now or within 60 days."""
        return self.days_left < WARNINGS[0]

    @property
    def warning_due(self) -> int | None:
        """Which of WARNINGS its party should hear now; None when it heard that one, or when none is due."""
        due = [days for days in WARNINGS if self.days_left < days and not self.removed_at]
        return due[-1] if due and due[-1] != self.warned_days else None

    @property
    def has_ended(self) -> bool:
        """Whether nobody can sign with it any more."""
        return self.not_after < timezone.now()

    @property
    def issuer(self) -> str:
        """Who issued it."""
        return self.issuers.split("\n")[0]
