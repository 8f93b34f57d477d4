"""Certificates that parties bring: from an authority that the portal knows, or not, good or not."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.sign.ades.qualified_asn1 import QcStatement, QcStatements

PASSWORD = "geheim van de partij"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Authority:
    """Its key and certificate; `root` is the file that the portal may trust."""

    key: Any
    certificate: x509.Certificate
    root: Path

    def p12(self, holder: str = "Woonstichting Heideveld", *, password: str = PASSWORD, **how: Any) -> bytes:
        """A PKCS#12 file for this holder."""
        key = how.pop("key", None) or ec.generate_private_key(ec.SECP256R1())
        own = self.issue(holder, key, **how)
        locked = BestAvailableEncryption(password.encode())
        if how.get("of_another"):
            loose = ec.generate_private_key(ec.SECP256R1())
            return pkcs12.serialize_key_and_certificates(b"x", loose, None, [own, self.certificate], locked)
        kept = None if how.get("without_key") else key
        return pkcs12.serialize_key_and_certificates(b"x", kept, own, [self.certificate], locked)

    def issue(self, holder: str, key: Any, **how: Any) -> x509.Certificate:
        """A certificate; valid for a year from yesterday unless `since` and `until` (in days) say otherwise."""
        now = datetime.now(UTC)
        builder = a_builder(holder, key, issuer=self.certificate.subject)
        builder = builder.not_valid_before(now + how.get("since", -1) * DAY)
        builder = builder.not_valid_after(now + how.get("until", 365) * DAY)
        usage = usages(signs=how.get("signs", True), issues=False)
        builder = builder.add_extension(usage, critical=True)
        if how.get("is_qualified"):
            said = QcStatements([QcStatement({"statement_id": "qc_compliance"})]).dump()
            qualified = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3"), said)
            builder = builder.add_extension(qualified, critical=False)
        return builder.sign(self.key, SHA256())


def an_authority(folder: Path, name: str = "Uitgever voor organisaties") -> Authority:
    """An authority of its own, with its root as a file in this folder."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    builder = a_builder(name, key).not_valid_before(now - 100 * DAY).not_valid_after(now + 3650 * DAY)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    made = builder.add_extension(usages(signs=False, issues=True), critical=True).sign(key, SHA256())
    root = folder / f"{x509.random_serial_number()}.pem"
    root.write_bytes(made.public_bytes(Encoding.PEM))
    return Authority(key, made, root)


def a_short_key() -> Any:
    """An RSA key that nobody should trust any more."""
    return rsa.generate_private_key(65537, 1024)


def a_builder(name: str, key: Any, *, issuer: x509.Name | None = None) -> x509.CertificateBuilder:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer or subject)
    return builder.public_key(key.public_key()).serial_number(x509.random_serial_number())


def usages(*, signs: bool, issues: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs,
        key_cert_sign=issues,
        crl_sign=issues,
        key_encipherment=not signs and not issues,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
