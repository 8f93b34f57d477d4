"""Certificates of the demo's own authority with other dates, and the line with which it withdraws one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.sign.signers import SimpleSigner

from agreements.pdf.keys import DEMO_AUTHORITIES, Seal, key_usage
from agreements.pdf.revocation import WITHDRAWN

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def a_seal(folder: Path, *, begins: timedelta, ends: timedelta) -> Seal:
    """A seal of the demo's authority, good from and until so long after now; a library signs with it in any case."""
    _, issuer_path = DEMO_AUTHORITIES
    issuer_key, issuer, _ = pkcs12.load_key_and_certificates((folder / issuer_path).read_bytes(), None)
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    assert issuer is not None
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Zegel (voorbeeld, niet rechtsgeldig)")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + begins)
        .not_valid_after(now + ends)
        .add_extension(key_usage(is_authority=False), critical=True)
        .sign(issuer_key, SHA256())  # type: ignore[arg-type]
    )
    packed = pkcs12.serialize_key_and_certificates(b"zegel", key, certificate, [issuer], NoEncryption())
    signer = SimpleSigner.load_pkcs12_data(packed, other_certs=[])
    return Seal(signer, "Zegel (voorbeeld, niet rechtsgeldig)", certificate.not_valid_after_utc)


@contextmanager
def withdrawn(folder: Path, seal: Seal, at: datetime) -> Iterator[None]:
    """The authority says that this seal was withdrawn then; afterwards it forgets, for other tests share it."""
    path = folder / WITHDRAWN
    path.write_text(f"{seal.signer.signing_cert.serial_number:x} {at.isoformat()}\n")
    try:
        yield
    finally:
        path.unlink()
