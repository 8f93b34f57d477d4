"""With which key a party signs: its own in a security module or from a file, else one that the portal issues."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from asn1crypto import pem
from asn1crypto.x509 import Certificate
from cryptography import x509

from agreements.parties.models import Party
from agreements.pdf.issuer import Holder, issue, load_issuer
from agreements.pdf.keys import SealUnavailable
from agreements.pdf.module import certificates_of, module_of, module_signer
from agreements.pdf.own import KeyRefused, check_period, is_qualified, name_of, unlock
from agreements.signing.models import OwnCertificate, Seat

Level = Seat.Level
SAYS_QUALIFIED = "gekwalificeerd volgens het certificaat"


@dataclass(frozen=True)
class Means:
    """What a party signs with. `is_qualified` is what the certificate says itself; `problem` why it cannot be used now."""

    level: str
    holder: str = ""
    issuer: str = ""
    is_qualified: bool = False
    problem: str = ""

    @property
    def level_in_words(self) -> str:
        """ "handtekening namens partij"."""
        return str(Level(self.level).label)

    @property
    def in_words(self) -> str:
        """As it stands beside the signature."""
        qualified = f", {SAYS_QUALIFIED}" if self.is_qualified else ""
        return f"{self.holder}, uitgegeven door {self.issuer}{qualified}" if self.holder else self.issuer


@contextmanager
def signer_of(seat: Seat) -> Iterator[tuple[Any, Means, str]]:
    """(signer, what it is, the certificate of the party itself as PEM or ""), as long as the context lasts.

    Raises SealUnavailable when the key cannot be used now. A party with a key of its own never signs with ours instead.
    """
    if module := module_of(seat.party.key):
        with module_signer(module) as signer:
            yield signer, means_of(seat.party), armoured(signer.signing_cert)
    elif own := own_certificate(seat.party):
        signer = unlock(own.secret)
        _check_today(signer.signing_cert)
        yield signer, means_of(seat.party), armoured(signer.signing_cert)
    else:
        issuer, holder = load_issuer(), Holder(seat.function, seat.party.name, seat.field)
        yield issue(holder, issuer=issuer), Means(Level.PORTAL, issuer=issuer.name), ""


def means_of(party: Party) -> Means:
    """What a party would sign with now."""
    try:
        if module := module_of(party.key):
            found = certificates_of(module)[0]
            return Means(Level.PARTY, name_of(found.subject), name_of(found.issuer), is_qualified(found))
        if own := own_certificate(party):
            _check_today(unlock(own.secret).signing_cert)
            return Means(Level.PARTY, own.holder, own.issuer, own.is_qualified)
    except SealUnavailable as error:
        return Means(Level.PARTY, problem=error.reason)
    return Means(Level.PORTAL)


def own_certificate(party: Party) -> OwnCertificate | None:
    """The certificate that this party brought, or None."""
    return party.own_certificates.filter(removed_at__isnull=True).first()


def armoured(certificate: Certificate) -> str:
    """A certificate as text (PEM)."""
    return str(pem.armor("CERTIFICATE", certificate.dump()).decode())


def certificate_in(text: str) -> Certificate:
    """The certificate in such a text."""
    return Certificate.load(pem.unarmor(text.encode())[2])


def _check_today(certificate: Certificate) -> None:
    try:
        check_period(x509.load_der_x509_certificate(certificate.dump()))
    except KeyRefused as refused:
        raise SealUnavailable(
            f"{refused.reason} Voeg bij Certificaat een nieuw certificaat van uw organisatie toe, of verwijder het oude."
        ) from refused
