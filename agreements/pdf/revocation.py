"""Which certificates their issuers withdrew: lists (CRLs, RFC 5280) that we make ourselves or fetched, and answers (OCSP).

An authority whose key the portal holds makes its list here, fresh each time. What it withdrew stands in
`ingetrokken.txt` beside its key: on each line a serial number in hexadecimal and a moment in ISO 8601.
"""

import asyncio
import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

from asn1crypto import crl, ocsp
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from django.conf import settings
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import InsufficientRevinfoError, PathError, ValidationError
from pyhanko_certvalidator.path import ValidationPath

from agreements.pdf.asking import asking
from agreements.pdf.issuer import Issuer, load_issuer
from agreements.pdf.keys import (
    DEMO_AUTHORITIES,
    DEMO_ISSUER_AUTHORITY,
    SealUnavailable,
    load_seal,
    trusted_roots,
)

WITHDRAWN = "ingetrokken.txt"
GOOD_FOR = timedelta(days=7)
DAY = 24 * 3600  # seconds
RevocationList: TypeAlias = crl.CertificateList
Answer: TypeAlias = ocsp.OCSPResponse  # about one certificate (RFC 6960)
Chain: TypeAlias = list[Certificate]  # a certificate, and those above it


def known_lists() -> list[RevocationList]:
    """Every list we have: of our own authorities as of this moment, of others as they were fetched."""
    fetched = settings.REVOCATIONS.glob("*.crl")
    return [*own_lists(), *(RevocationList.load(path.read_bytes()) for path in sorted(fetched))]


def known_answers() -> list[Answer]:
    """The last answer about each certificate of ours whose issuer answers and has no list."""
    return [Answer.load(path.read_bytes()) for path in sorted(settings.REVOCATIONS.glob("*.ocsp"))]


def own_lists() -> list[RevocationList]:
    """The list of this moment of each authority whose key the portal holds."""
    return [_make_list(authority, folder) for authority, folder in _authorities()]


def newest(lists: Iterable[RevocationList]) -> list[RevocationList]:
    """Of each issuer the newest list: an older one does not know yet what was withdrawn since."""
    found: dict[Any, RevocationList] = {}
    for one in sorted(lists, key=lambda one: one["tbs_cert_list"]["this_update"].native):
        found[one.issuer.hashable] = one
    return list(found.values())


class Lookup:
    """The way from certificates up to our roots, with the newest lists about them: made, or fetched from where they say.

    A certificate may name a list, a service that answers about it alone (OCSP, RFC 6960), or both; what it names
    must be there, and one that names nothing passes. Keeps what it found.
    """

    def __init__(self, roots: Iterable[Certificate]):
        self.roots = list(roots)
        self.lists: list[RevocationList] = own_lists()
        self.answers: list[Answer] = []

    async def path_of(self, chain: Chain) -> ValidationPath:
        """Raises RevokedError for what was withdrawn, ValidationError or PathError when it cannot be told."""
        try:
            return await self._path(chain, "require")
        except InsufficientRevinfoError:
            return await self._path(chain, "hard-fail")

    async def _path(self, chain: Chain, mode: str) -> ValidationPath:
        context = ValidationContext(
            self.roots,
            crls=self.lists,
            ocsps=self.answers,
            allow_fetching=True,
            fetcher_backend=asking(),
            revocation_mode=mode,
        )
        validator = CertificateValidator(chain[0], chain[1:], validation_context=context)
        try:
            return await validator.async_validate_usage(key_usage=set())
        except TimeoutError as error:  # pyHanko lets it through
            raise ValidationError("no answer in time") from error
        finally:
            self.lists, self.answers = context.crls, context.ocsps
            await context.aclose()


def fetch_lists() -> None:
    """Once a day: fetch the newest lists about our seal and our issuer, or answers, and keep them.

    What cannot be fetched now keeps its last one: we then know less about today, and nothing wrong.
    """
    mark: Path = settings.REVOCATIONS / "opgehaald"
    if mark.exists() and time.time() - mark.stat().st_mtime < DAY:
        return
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()  # before: an authority that does not answer is asked again tomorrow, not in a second
    lookup = Lookup(trusted_roots().signers)
    for chain in (seal_chain(), issuer_chain()):
        with suppress(ValidationError, PathError):
            if chain:
                asyncio.run(lookup.path_of(chain))
    keep_lists(lookup.lists)
    for answer in lookup.answers:
        _keep(answer.response_data["responses"][0]["cert_id"].dump(), answer, "ocsp")


def keep_lists(lists: Iterable[RevocationList]) -> None:
    """Keep lists that were fetched, the newest of each issuer. Our own are made anew each time."""
    own = {one.issuer.hashable for one in own_lists()}
    for one in lists:
        if one.issuer.hashable not in own:
            _keep(one.issuer.dump(), one, "crl")


def _keep(about: bytes, found: RevocationList | Answer, kind: str) -> None:
    folder, name = settings.REVOCATIONS, hashlib.sha256(about).hexdigest()[:32]
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{name}.{os.getpid()}.nieuw"
    fresh.write_bytes(found.dump())
    fresh.replace(folder / f"{name}.{kind}")


def seal_chain() -> Chain:
    """The certificate of the seal and those above it; [] when there is no seal to set."""
    try:
        signer = load_seal().signer
    except SealUnavailable:
        return []
    assert signer.signing_cert is not None
    return [signer.signing_cert, *signer.cert_registry]


def issuer_chain() -> Chain:
    """The certificate with which the portal issues certificates, and those above it; [] when there is none."""
    try:
        issuer = load_issuer()
    except SealUnavailable:
        return []
    return [_as_asn1(one) for one in (issuer.certificate, *issuer.chain)]


def _as_asn1(certificate: x509.Certificate) -> Certificate:
    return Certificate.load(certificate.public_bytes(Encoding.DER))


def _authorities() -> Iterator[tuple[Issuer, Path]]:
    with suppress(SealUnavailable):  # then it issues nothing either
        yield load_issuer(), settings.ISSUER_P12.parent
    if settings.IS_PRODUCTION:
        return
    demo = [settings.SEAL_P12.parent / name for name in DEMO_AUTHORITIES]
    for path in [*demo, settings.ISSUER_P12.parent / DEMO_ISSUER_AUTHORITY]:
        if path.exists():
            key, certificate, _ = pkcs12.load_key_and_certificates(path.read_bytes(), None)
            assert certificate is not None
            yield Issuer(key, certificate, []), path.parent


def _make_list(authority: Issuer, folder: Path) -> RevocationList:
    now = datetime.now(UTC)
    public_key = authority.certificate.public_key()
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.certificate.subject)
        .last_update(now)
        .next_update(now + GOOD_FOR)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(public_key), critical=False)  # type: ignore[arg-type]
        .add_extension(x509.CRLNumber(int(now.timestamp())), critical=False)
    )
    for serial_number, moment in _withdrawn(folder):
        entry = x509.RevokedCertificateBuilder().serial_number(serial_number).revocation_date(moment)
        builder = builder.add_revoked_certificate(entry.build())
    signed = builder.sign(authority.key, SHA256()).public_bytes(Encoding.DER)
    return RevocationList.load(signed)


def _withdrawn(folder: Path) -> Iterator[tuple[int, datetime]]:
    path = folder / WITHDRAWN
    for line in path.read_text().splitlines() if path.exists() else []:
        serial_number, moment = line.split()
        yield int(serial_number, 16), datetime.fromisoformat(moment).astimezone(UTC)
