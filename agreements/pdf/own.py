"""The key of a party itself: from a PKCS#12 file that it brings, judged here and kept encrypted."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PublicFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.keys import load_certs_from_pemder
from pyhanko.sign.ades.qualified_asn1 import QcStatements
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError

from agreements.pdf.keys import SealUnavailable, demo_certificate, write_secret

DEMO_PARTY, DEMO_PARTY_ROOT, DEMO_PARTY_PASSWORD = "partij.p12", "wortel-partijen.pem", "voorbeeld"
SMALLEST_RSA = 2048  # bits
QC_STATEMENTS = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")  # ETSI EN 319 412-5


class KeyRefused(Exception):
    """A key that a party cannot sign with. `reason` says why in Dutch; `field`: "password" when it is that."""

    def __init__(self, reason: str, field: str = "upload"):
        super().__init__(reason)
        self.reason, self.field = reason, field


@dataclass(frozen=True)
class PartyKey:
    """A private key with its certificate and the certificates above it, the highest last."""

    key: Any
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]

    @property
    def holder(self) -> str:
        """On whose name the certificate is."""
        return name_of(self.certificate.subject)

    @property
    def issuers(self) -> list[str]:
        """Who stands above it, the nearest first."""
        return [name_of(one.subject) for one in self.chain] or [name_of(self.certificate.issuer)]

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of the certificate."""
        return self.certificate.fingerprint(SHA256()).hex()

    @property
    def pem(self) -> str:
        """The certificate without its key, as text."""
        return self.certificate.public_bytes(Encoding.PEM).decode()


def read_key(content: bytes, password: str) -> PartyKey:
    """The key in a PKCS#12 file. Raises KeyRefused when it cannot be read, or cannot be signed with today."""
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(content, password.encode() or None)
    except (ValueError, TypeError) as error:  # TypeError: an algorithm that nobody should use any more
        raise KeyRefused(
            "Het wachtwoord klopt niet, of dit is geen heel PKCS#12-bestand.", "password"
        ) from error
    if key is None:
        raise KeyRefused("In dit bestand zit geen sleutel. Kies het bestand waarmee u zelf kunt tekenen.")
    if certificate is None or _public(key) != _public(certificate):
        raise KeyRefused("De sleutel in dit bestand hoort niet bij een certificaat in het bestand.")
    found = PartyKey(key, certificate, tuple(_upwards(certificate, others)))
    _check_algorithm(found)
    check_period(certificate)
    _check_usage(certificate)
    check_chain(certificate, others)
    return found


def lock(found: PartyKey) -> str:
    """The key encrypted with settings.KEY_SECRETS, to store. The password of the file is not in it."""
    packed = pkcs12.serialize_key_and_certificates(
        b"partij", found.key, found.certificate, found.chain, NoEncryption()
    )
    return _locks().encrypt(packed).decode()


def unlock(secret: str) -> SimpleSigner:
    """Who signs with a stored key. Raises SealUnavailable when settings.KEY_SECRETS do not open it."""
    try:
        packed = _locks().decrypt(secret)
    except (InvalidToken, KeyRefused) as error:
        raise SealUnavailable(
            "Het portaal kan de bewaarde sleutel van uw organisatie niet openen. Meld dit aan de beheerder."
        ) from error
    return SimpleSigner.load_pkcs12_data(packed, other_certs=[])


def check_period(certificate: x509.Certificate) -> None:
    """KeyRefused for a certificate that is not valid now: libraries sign with an expired one without complaint."""
    now = datetime.now(UTC)
    if now > certificate.not_valid_after_utc:
        raise KeyRefused(f"Dit certificaat is verlopen op {certificate.not_valid_after_utc:%d-%m-%Y}.")
    if now < certificate.not_valid_before_utc:
        raise KeyRefused(f"Dit certificaat is pas geldig vanaf {certificate.not_valid_before_utc:%d-%m-%Y}.")


def check_chain(certificate: x509.Certificate, others: Sequence[x509.Certificate]) -> None:
    """KeyRefused when none of settings.PARTY_TRUST stands above a certificate."""
    above = [as_asn1(one) for one in others]
    context = ValidationContext(trust_roots=party_roots(), other_certs=above, allow_fetching=False)
    check = CertificateValidator(as_asn1(certificate), above, validation_context=context)
    try:
        asyncio.run(check.async_validate_usage(set()))
    except PathError as error:
        highest = others[-1].subject if others else certificate.issuer
        raise KeyRefused(
            f"Het portaal kent de uitgever van dit certificaat niet: {name_of(highest)}. "
            "Vraag de beheerder van het portaal om deze uitgever toe te voegen, of neem een ander certificaat."
        ) from error


def party_roots() -> list[asn1_x509.Certificate]:
    """From which roots the certificate of a party may come: settings.PARTY_TRUST, and outside production the demo's."""
    paths = list(settings.PARTY_TRUST)
    demo = settings.ISSUER_P12.parent / DEMO_PARTY_ROOT
    if not settings.IS_PRODUCTION and demo.exists():
        paths.append(demo)
    return list(load_certs_from_pemder([str(path) for path in paths]))


def is_qualified(certificate: x509.Certificate) -> bool:
    """Whether the certificate says of itself that it is qualified (QcStatements with QcCompliance)."""
    try:
        found = certificate.extensions.get_extension_for_oid(QC_STATEMENTS)
    except x509.ExtensionNotFound:
        return False
    raw = found.value
    assert isinstance(raw, x509.UnrecognizedExtension)
    said = {statement["statement_id"].native for statement in QcStatements.load(raw.value)}
    return "qc_compliance" in said


def holder_in(text: str) -> str:
    """On whose name the certificate in this text (PEM) is."""
    return name_of(x509.load_pem_x509_certificate(text.encode()).subject)


def name_of(name: x509.Name) -> str:
    """The common name, or the organisation, or all of it."""
    for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        if found := name.get_attributes_for_oid(oid):
            return str(found[0].value)
    return name.rfc4514_string()


def make_demo_party_key(folder: Path) -> None:
    """Make partij.p12 in this folder, to upload in the demo, unless it is there. Raises SealUnavailable in production."""
    if settings.IS_PRODUCTION:
        raise SealUnavailable("In productie brengt elke partij haar eigen sleutel mee.")
    if (folder / DEMO_PARTY).exists():
        return
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = demo_certificate("Wortel van partijen", root_key, None, root_key, path_length=0)
    own = demo_certificate("Partij", key, root, root_key, path_length=None)
    packed = pkcs12.serialize_key_and_certificates(
        b"partij", key, own, [root], BestAvailableEncryption(DEMO_PARTY_PASSWORD.encode())
    )
    (folder / DEMO_PARTY_ROOT).unlink(missing_ok=True)  # of a start that was cut off
    write_secret(folder / DEMO_PARTY_ROOT, root.public_bytes(Encoding.PEM))
    write_secret(folder / DEMO_PARTY, packed)


def as_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    """The same certificate for pyHanko."""
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def _locks() -> MultiFernet:
    """The first secret locks, all of them open: so a secret can be replaced."""
    if not settings.KEY_SECRETS:
        raise KeyRefused("De beheerder van het portaal stelde nog niets in om sleutels veilig te bewaren.")
    return MultiFernet([Fernet(secret) for secret in settings.KEY_SECRETS])


def _public(holder: Any) -> bytes:
    found: bytes = holder.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return found


def _upwards(certificate: x509.Certificate, others: Sequence[x509.Certificate]) -> Iterator[x509.Certificate]:
    """The certificates above this one, the nearest first, as far as the file has them."""
    left = list(others)
    while certificate.issuer != certificate.subject:
        above = next((one for one in left if one.subject == certificate.issuer), None)
        if above is None:
            return
        yield above
        left.remove(above)
        certificate = above


def _check_algorithm(found: PartyKey) -> None:
    key = found.key
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size >= SMALLEST_RSA:
        return
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return
    raise KeyRefused(
        f"Deze sleutel is te kort of van een soort die niet kan. Neem RSA vanaf {SMALLEST_RSA} bits."
    )


def _check_usage(certificate: x509.Certificate) -> None:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise KeyRefused("Dit certificaat is er niet voor om documenten te tekenen.")
