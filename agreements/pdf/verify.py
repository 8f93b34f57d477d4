"""What every signature in a PDF is worth. Also for files that strangers made to mislead us."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

from agreements.pdf import reading  # noqa: F401

MOST_BYTES = 25_000_000
MOST_REVISIONS = 60
MOST_SIGNATURES = 40
END_MARK, END_WITHIN = b"%%EOF", 1024
# After a seal, others may still sign their own field and add proof of time; nothing else.
ALLOWED_CHANGES = {ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING}


class Unreadable(Exception):
    """The file is no PDF that can be checked. `reason` says why in Dutch."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class SignatureVerdict:
    """One signature.

    `is_intact`: the bytes it covers did not change. `is_trusted`: its certificate comes from a root we trust.
    `changes`: what was added after it (NONE, LTA_UPDATES, FORM_FILLING, ANNOTATIONS, OTHER).
    `is_genuine`: the bottom line; the only one of these to decide on, because a page that was drawn over later
    leaves a signature intact.
    """

    field: str
    signer: str
    signed_at: datetime | None
    is_intact: bool
    is_trusted: bool
    covers_whole_file: bool
    changes: str
    is_genuine: bool


@dataclass(frozen=True)
class Verdict:
    """Every signature in the file, in the order of signing."""

    signatures: tuple[SignatureVerdict, ...]

    @property
    def is_genuine(self) -> bool:
        """True when there is a signature, all are genuine and the last one covers the file to its last byte.

        An older revision of a sealed file is genuine too: only the register of published files knows the newest.
        """
        genuine = all(signature.is_genuine for signature in self.signatures)
        return bool(self.signatures) and genuine and self.signatures[-1].covers_whole_file


def verify_pdf(data: bytes, *, trust: Sequence[Certificate]) -> Verdict:
    """Check every signature against these roots, without network. Raises Unreadable for any file it cannot read."""
    if len(data) > MOST_BYTES:
        raise Unreadable("Het bestand is te groot om te controleren.")
    if END_MARK not in data[-END_WITHIN:]:  # looking for it further back costs seconds per megabyte
        raise Unreadable("Dit is geen volledig pdf-bestand.")
    try:
        return Verdict(tuple(_verdicts(data, list(trust))))
    except Unreadable:
        raise
    except Exception as error:  # a damaged file makes the library raise ten kinds, also KeyError and AssertionError
        raise Unreadable("Dit pdf-bestand is beschadigd of wordt niet ondersteund.") from error


def _verdicts(data: bytes, trust: list[Certificate]):
    reader = PdfFileReader(BytesIO(data), strict=False)
    if reader.encrypted:
        raise Unreadable("Dit pdf-bestand is versleuteld.")
    if reader.total_revisions > MOST_REVISIONS or len(reader.embedded_signatures) > MOST_SIGNATURES:
        raise Unreadable("Dit pdf-bestand is te vaak gewijzigd om te controleren.")
    for signature in reader.embedded_signatures:
        yield _verdict(signature, len(data), trust)


def _verdict(signature, size: int, trust: list[Certificate]) -> SignatureVerdict:
    status, bottom_line = _validate(signature, trust)
    first, *_, start, length = (int(number) for number in signature.byte_range)
    level = status.modification_level
    return SignatureVerdict(
        field=signature.field_name,
        signer=signature.signer_cert.subject.native.get("common_name", ""),
        signed_at=signature.self_reported_timestamp,
        is_intact=status.intact and status.valid,
        is_trusted=status.trusted,
        covers_whole_file=first == 0 and start + length == size,
        changes=level.name if level is not None else ModificationLevel.OTHER.name,
        is_genuine=bottom_line and level in ALLOWED_CHANGES,
    )


def _validate(signature, trust: list[Certificate]):
    """pyHanko's status and its bottom line. A document timestamp has no bottom line of its own."""
    context = ValidationContext(trust_roots=trust, allow_fetching=False)
    if signature.sig_object_type == "/DocTimeStamp":
        status = validate_pdf_timestamp(signature, context)
        return status, bool(status.intact and status.valid and status.trusted)
    status = validate_pdf_signature(signature, context)
    return status, bool(status.bottom_line)
