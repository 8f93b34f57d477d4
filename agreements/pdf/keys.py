"""Where the seal comes from: a PKCS#12 file with a certificate and its key. And one made up for the demo."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils import timezone
from pyhanko.keys import load_certs_from_pemder
from pyhanko.sign.signers import SimpleSigner

DEMO_SEAL, DEMO_ROOT = "zegel.p12", "wortel.pem"
DEMO_ISSUER, DEMO_ISSUER_ROOT = "uitgever.p12", "wortel-handtekeningen.pem"
# The demo keeps the keys of its authorities, because an authority must say every day what it withdrew.
DEMO_AUTHORITIES = ("wortel.p12", "tussenuitgever.p12")
DEMO_ISSUER_AUTHORITY = "wortel-handtekeningen.p12"
DEMO_LABEL = "voorbeeld, niet rechtsgeldig"
DEMO_YEARS = 10


class SealUnavailable(Exception):
    """There is no seal to sign with. `reason` says why in Dutch."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Seal:
    """A key that may sign today. `name` is the common name in its certificate."""

    signer: SimpleSigner
    name: str
    not_after: datetime

    @property
    def days_left(self) -> int:
        """Whole days until the certificate expires."""
        return (self.not_after - timezone.now()).days


@dataclass(frozen=True)
class Trust:
    """The roots from which we accept signatures (`signers`) and time stamps (`clocks`).

    Apart, because a public authority that stamps the time also gives certificates to people we do not know. For the
    same reason the certificate of a party itself (`owners`, by the name of its field) is accepted there and nowhere else.
    """

    signers: tuple[Certificate, ...] = ()
    clocks: tuple[Certificate, ...] = ()
    owners: Mapping[str, Certificate] = field(default_factory=dict)

    def signers_in(self, name: str) -> tuple[Certificate, ...]:
        """Whom we accept in the field of this name: the roots, and the certificate of its owner itself."""
        own = self.owners.get(name)
        return (*self.signers, own) if own else self.signers

    def __bool__(self) -> bool:
        return bool(self.signers)


def load_seal() -> Seal:
    """The seal of settings.SEAL_P12. Raises SealUnavailable when it is missing, locked or not valid today.

    The period is checked here because a library signs with an expired certificate without complaint.
    """
    signer = _read_signer()
    certificate = signer.signing_cert
    assert certificate is not None
    now = timezone.now()
    if now > certificate.not_valid_after:
        day = certificate.not_valid_after.strftime("%d-%m-%Y")
        raise SealUnavailable(f"Het certificaat van het zegel is verlopen op {day}.")
    if now < certificate.not_valid_before:
        raise SealUnavailable("Het certificaat van het zegel is nog niet geldig.")
    name = certificate.subject.native.get("common_name") or certificate.subject.human_friendly
    return Seal(signer, name, certificate.not_valid_after)


def _read_signer() -> SimpleSigner:
    try:
        content = settings.SEAL_P12.read_bytes()
    except OSError as error:
        raise SealUnavailable("Het bestand met het zegel is er niet.") from error
    password = settings.SEAL_P12_PASSWORD.encode() or None
    try:
        return SimpleSigner.load_pkcs12_data(content, other_certs=[], passphrase=password)
    except (ValueError, AttributeError) as error:  # AttributeError: the file has no certificate or no key
        raise SealUnavailable("Het wachtwoord van het zegel klopt niet of het bestand is stuk.") from error


def trusted_roots() -> Trust:
    """Whom we trust: settings.SEAL_TRUST and settings.TIMESTAMP_TRUST, and outside production the roots of the demo."""
    paths = list(settings.SEAL_TRUST)
    demo = [settings.SEAL_P12.parent / DEMO_ROOT, settings.ISSUER_P12.parent / DEMO_ISSUER_ROOT]
    if not settings.IS_PRODUCTION:
        paths += [path for path in demo if path.exists()]
    return Trust(_certificates(paths), _certificates(settings.TIMESTAMP_TRUST))


def _certificates(paths: Iterable[Path]) -> tuple[Certificate, ...]:
    return tuple(load_certs_from_pemder([str(path) for path in paths]))


def make_demo_authority(folder: Path) -> None:
    """Make zegel.p12 and wortel.pem in this folder, unless there is a seal already.

    A root, an authority below it and a seal, all P-256.
    Raises SealUnavailable in production: there the municipality brings its own seal.
    """
    if settings.IS_PRODUCTION:
        raise SealUnavailable("In productie maakt het portaal geen eigen zegel.")
    if (folder / DEMO_SEAL).exists():
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    root_key, middle_key, seal_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
    root = demo_certificate("Wortel", root_key, None, root_key, path_length=1)
    middle = demo_certificate("Uitgever", middle_key, root, root_key, path_length=0)
    seal = demo_certificate("Zegel", seal_key, middle, middle_key, path_length=None)
    packed = pkcs12.serialize_key_and_certificates(b"zegel", seal_key, seal, [middle, root], NoEncryption())
    for name, key, certificate in zip(DEMO_AUTHORITIES, (root_key, middle_key), (root, middle), strict=True):
        keep_authority(folder / name, key, certificate)
    write_secret(folder / DEMO_ROOT, root.public_bytes(Encoding.PEM))
    write_secret(folder / DEMO_SEAL, packed)


def keep_authority(path: Path, key: Any, certificate: x509.Certificate) -> None:
    """Keep the key of an authority of the demo; a start that was cut off begins again."""
    path.unlink(missing_ok=True)
    write_secret(
        path, pkcs12.serialize_key_and_certificates(b"uitgever", key, certificate, None, NoEncryption())
    )


def demo_certificate(
    role: str, key: Any, issuer: x509.Certificate | None, issuer_key: Any, *, path_length: int | None
) -> x509.Certificate:
    """A certificate for `key`; `path_length` None makes it one that signs documents."""
    subject, start = _name(role), datetime.now(UTC) - timedelta(hours=1)
    is_authority = path_length is not None
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=365 * DEMO_YEARS))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=path_length), critical=True)
        .add_extension(key_usage(is_authority=is_authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
    )
    return builder.sign(issuer_key, SHA256())


def _name(role: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "NL"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, DEMO_LABEL),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{role} ({DEMO_LABEL})"),
        ]
    )


def key_usage(*, is_authority: bool) -> x509.KeyUsage:
    """What a key may be used for: signing certificates, or signing documents."""
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def write_secret(path: Path, content: bytes) -> None:
    """Write a new file that only the portal reads."""
    # Created with its final mode: at no moment can another user open it.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
