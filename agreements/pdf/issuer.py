"""Certificates for signatories, issued by the portal's own authority. And an authority made up for the demo.

Each signature gets a key and a certificate of its own, for one person, one party and one field. The key is never
written down: nobody can sign with it again. The certificate names its field, so that `verify` sees a signature
that stands in the field of another party.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.sign.signers import SimpleSigner

from agreements.pdf.keys import (
    DEMO_ISSUER,
    DEMO_ISSUER_AUTHORITY,
    DEMO_ISSUER_ROOT,
    SealUnavailable,
    demo_certificate,
    keep_authority,
    key_usage,
    write_secret,
)

FIELD_MARK = "veld:"  # before the name of the field, in the serialNumber of the subject
LONGEST = 64  # characters in a name of a certificate (RFC 5280, ub-common-name)
BACKDATE = timedelta(minutes=1)


@dataclass(frozen=True)
class Holder:
    """Who signs: in what function, for which party, in which field of the PDF."""

    function: str
    party: str
    field: str


@dataclass(frozen=True)
class Issuer:
    """An authority that may issue today: its key, its certificate and the certificates above it."""

    key: Any
    certificate: x509.Certificate
    chain: list[x509.Certificate]

    @property
    def name(self) -> str:
        """The common name in its certificate."""
        return str(self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)

    @property
    def days_left(self) -> int:
        """Whole days until the certificate expires."""
        return (self.certificate.not_valid_after_utc - datetime.now(UTC)).days


def load_issuer() -> Issuer:
    """The authority of settings.ISSUER_P12. Raises SealUnavailable when it is missing, locked or not valid today."""
    try:
        content = settings.ISSUER_P12.read_bytes()
    except OSError as error:
        raise SealUnavailable("Het bestand waarmee het portaal certificaten uitgeeft is er niet.") from error
    password = settings.ISSUER_P12_PASSWORD.encode() or None
    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(content, password)
    except ValueError as error:
        raise SealUnavailable("Het wachtwoord van de uitgever klopt niet of het bestand is stuk.") from error
    if key is None or certificate is None:
        raise SealUnavailable("In het bestand van de uitgever ontbreekt de sleutel of het certificaat.")
    now = datetime.now(UTC)
    if now > certificate.not_valid_after_utc:
        day = f"{certificate.not_valid_after_utc:%d-%m-%Y}"
        raise SealUnavailable(f"Het certificaat van de uitgever is verlopen op {day}.")
    if now < certificate.not_valid_before_utc:
        raise SealUnavailable("Het certificaat van de uitgever is nog niet geldig.")
    return Issuer(key, certificate, list(chain))


def issue(holder: Holder, *, issuer: Issuer) -> SimpleSigner:
    """A signer with a fresh key and a certificate for this holder, good for one signature."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(holder, key, issuer)
    packed = pkcs12.serialize_key_and_certificates(
        b"ondertekenaar", key, certificate, [issuer.certificate, *issuer.chain], NoEncryption()
    )
    return SimpleSigner.load_pkcs12_data(packed, other_certs=[])


def make_demo_issuer(folder: Path) -> None:
    """Make uitgever.p12 and its root in this folder, unless they are there. Raises SealUnavailable in production."""
    if settings.IS_PRODUCTION:
        raise SealUnavailable("In productie maakt het portaal geen eigen uitgever.")
    if (folder / DEMO_ISSUER).exists():
        return
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = demo_certificate("Wortel van handtekeningen", root_key, None, root_key, path_length=1)
    issuer = demo_certificate("Uitgever van handtekeningen", key, root, root_key, path_length=0)
    packed = pkcs12.serialize_key_and_certificates(b"uitgever", key, issuer, [root], NoEncryption())
    keep_authority(folder / DEMO_ISSUER_AUTHORITY, root_key, root)
    (folder / DEMO_ISSUER_ROOT).unlink(missing_ok=True)  # of a start that was cut off
    write_secret(folder / DEMO_ISSUER_ROOT, root.public_bytes(Encoding.PEM))
    write_secret(folder / DEMO_ISSUER, packed)


def _certificate(holder: Holder, key: Any, issuer: Issuer) -> x509.Certificate:
    authority_key = issuer.certificate.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(_subject(holder, issuer))
        .issuer_name(issuer.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(max(datetime.now(UTC) - BACKDATE, issuer.certificate.not_valid_before_utc))
        # As long as the authority: the key is gone after the signature, and the proof must stay readable.
        .not_valid_after(issuer.certificate.not_valid_after_utc)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(key_usage(is_authority=False), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key), critical=False)  # type: ignore[arg-type]
        .sign(issuer.key, SHA256())
    )


def _subject(holder: Holder, issuer: Issuer) -> x509.Name:
    values = {
        NameOID.COUNTRY_NAME: "NL",
        NameOID.ORGANIZATION_NAME: _short(holder.party),
        NameOID.ORGANIZATIONAL_UNIT_NAME: _short(issuer.name),
        NameOID.COMMON_NAME: _short(f"{holder.function}, {holder.party}"),
        NameOID.SERIAL_NUMBER: f"{FIELD_MARK}{holder.field}",
    }
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in values.items()])


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
