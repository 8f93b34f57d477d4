"""A party brings its own key to sign with, takes it away, and hears when it ends."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from agreements.accounts.models import User
from agreements.history.operations import record
from agreements.parties.models import Party
from agreements.pdf.own import KeyRefused, PartyKey, is_qualified, lock, read_key
from agreements.signing import permissions
from agreements.signing.models import WARNINGS, OwnCertificate
from agreements.web.formats import dutch_date


@transaction.atomic
def add_certificate(party: Party, *, by: User, on: date, upload: bytes, password: str) -> OwnCertificate:
    """Keep the key in this PKCS#12 file, encrypted; it takes the place of the one there was. The password is not kept.

    ValidationError with what is wrong with the file. The same file twice is one.
    """
    permissions.add_certificate(party, by=by)
    try:
        found = read_key(upload, password)
        secret = lock(found)
    except KeyRefused as refused:
        raise ValidationError({refused.field: refused.reason}) from refused
    Party.objects.select_for_update(no_key=True).get(pk=party.pk)
    before = party.own_certificates.filter(removed_at__isnull=True).first()
    if before and before.fingerprint == found.fingerprint:
        return before
    if before:
        _forget(before, by=by, on=on)
    return _add(party, found, secret, by=by, on=on)


@transaction.atomic
def remove_certificate(certificate: OwnCertificate, *, by: User, on: date) -> OwnCertificate:
    """Forget the key of a party. What was signed with it stays signed; from now on it signs through the portal."""
    found = OwnCertificate.objects.select_for_update(of=("self",)).select_related("party")
    certificate = found.get(pk=certificate.pk)
    permissions.remove_certificate(certificate, by=by)
    return _forget(certificate, by=by, on=on)


def warn_of_ends(*, on: date) -> list[OwnCertificate]:
    """Tell parties that their certificate ends within 60 days, and again within 14. Returns those that were told of.

    The worker calls it; nobody needs a right for it. The days are those of the real clock, and nobody is told twice.
    """
    soon = OwnCertificate.objects.filter(
        removed_at__isnull=True, not_after__lte=timezone.now() + timedelta(days=WARNINGS[0])
    )
    unheard = soon.exclude(warned_days=WARNINGS[-1])
    return [found for certificate in unheard if (found := _warn(certificate, on=on))]


@transaction.atomic
def _warn(certificate: OwnCertificate, *, on: date) -> OwnCertificate | None:
    found = OwnCertificate.objects.select_for_update(of=("self",)).select_related("party")
    certificate = found.get(pk=certificate.pk)
    step = certificate.warning_due
    if step is None:
        return None
    certificate.warned_days = step
    certificate.save(update_fields=["warned_days"])
    day = dutch_date(timezone.localtime(certificate.not_after).date())
    sentence = f"Het certificaat van {certificate.party.name} geldt tot en met {day}."
    data = {"fingerprint": certificate.fingerprint, "days": step}
    record(
        "signing.certificate_ends",
        certificate,
        by=None,
        on=on,
        party=certificate.party,
        sentence=sentence,
        data=data,
    )
    return certificate


def _add(party: Party, found: PartyKey, secret: str, *, by: User, on: date) -> OwnCertificate:
    certificate = OwnCertificate.objects.create(
        party=party,
        secret=secret,
        holder=found.holder[:200],
        issuers="\n".join(found.issuers),
        fingerprint=found.fingerprint,
        not_before=found.certificate.not_valid_before_utc,
        not_after=found.certificate.not_valid_after_utc,
        is_qualified=is_qualified(found.certificate),
        added_on=on,
        added_by=by,
    )
    sentence = f"{party.name} tekent voortaan met een eigen certificaat, op naam van {certificate.holder}."
    data = {"fingerprint": certificate.fingerprint}
    record("signing.certificate_added", certificate, by=by, on=on, party=party, sentence=sentence, data=data)
    return certificate


def _forget(certificate: OwnCertificate, *, by: User, on: date) -> OwnCertificate:
    certificate.secret = ""
    certificate.removed_on, certificate.removed_at, certificate.removed_by = on, timezone.now(), by
    certificate.save(update_fields=["secret", "removed_on", "removed_at", "removed_by"])
    party = certificate.party
    sentence = f"{party.name} tekent niet meer met het certificaat op naam van {certificate.holder}."
    data = {"fingerprint": certificate.fingerprint}
    record(
        "signing.certificate_removed", certificate, by=by, on=on, party=party, sentence=sentence, data=data
    )
    return certificate
