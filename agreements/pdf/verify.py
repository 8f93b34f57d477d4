"""What every signature in a PDF is worth. Also for files that strangers made to mislead us."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import islice

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from agreements.pdf import reading, usages  # noqa: F401
from agreements.pdf.in_time import FileInTime, TimedSignature
from agreements.pdf.issuer import FIELD_MARK
from agreements.pdf.keys import Trust
from agreements.pdf.revocation import RevocationList
from agreements.pdf.standing import Judged

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
    """One signature, or one time stamp over the whole file (`is_stamp`).

    `is_intact`: the bytes it covers did not change. `is_trusted`: its certificate came from a root we trust and was good
    when it was used; that moment counts as proven only by a time stamp (`stamped_at`), without one it is now.
    `level`: how long the proof lasts, "B-B", "B-T", "B-LT" or "B-LTA" (ETSI EN 319 142-1); "" for a time stamp.
    `then` and `now`: how the certificate stood at the moment of signing, and how it stands today.
    `issued_for`: the field for which its certificate was issued, "" for a certificate that names none.
    `changes`: what was added after it (NONE, LTA_UPDATES, FORM_FILLING, ANNOTATIONS, OTHER).
    `is_genuine`: the bottom line, and the only one of these to decide on: drawing over a page afterwards
    leaves a signature intact and trusted.
    """

    field: str
    signer: str
    signed_at: datetime | None
    is_intact: bool
    is_trusted: bool
    covers_whole_file: bool
    changes: str
    issued_for: str
    is_genuine: bool
    is_stamp: bool
    stamped_at: datetime | None
    level: str
    then: Judged
    now: Judged

    @property
    def is_in_own_field(self) -> bool:
        """False when somebody signed in the field of another party."""
        return self.issued_for in ("", self.field)


@dataclass(frozen=True)
class Verdict:
    """Every signature in the file, in the order of signing."""

    signatures: tuple[SignatureVerdict, ...]

    @property
    def is_genuine(self) -> bool:
        """True when there is a signature, all are genuine and the last one covers the file to its last byte.

        An older revision of a sealed file is genuine too: only the register of published files knows
        which one is the newest.
        """
        genuine = all(signature.is_genuine for signature in self.signatures)
        return bool(self.signatures) and genuine and self.signatures[-1].covers_whole_file


def verify_pdf(data: bytes, *, trust: Trust, lists: Sequence[RevocationList] = ()) -> Verdict:
    """Check every signature against these roots, without network. Raises Unreadable when it cannot.

    `lists` name certificates that were withdrawn since; without them only what the file itself keeps is known.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("Het bestand is te groot om te controleren.")
    if END_MARK not in data[-END_WITHIN:]:  # looking for it further back costs seconds per megabyte
        raise Unreadable("Dit is geen volledig pdf-bestand.")
    try:
        return Verdict(tuple(_verdicts(data, trust, lists)))
    except Unreadable:
        raise
    except Exception as error:  # a damaged file makes the library raise KeyError, AssertionError and more
        raise Unreadable("Dit pdf-bestand is beschadigd of wordt niet ondersteund.") from error


def is_signed_on_top(data: bytes, *, before: bytes, field: str, trust: Trust) -> bool:
    """Whether `data` is `before` with one more good signature, in this field. For files of our own making.

    Looks at the new signature only: what came before was checked when it was made.
    """
    if not data.startswith(before):
        return False
    newest = PdfFileReader(BytesIO(data)).embedded_signatures[-1]
    context = ValidationContext(trust_roots=list(trust.signers_in(field)), allow_fetching=False)
    status = validate_pdf_signature(newest, context, skip_diff=True)
    first, *_, start, length = (int(number) for number in newest.byte_range)
    is_whole = first == 0 and start + length == len(data)
    is_own = newest.field_name == field and _issued_for(newest, trust) in ("", field)
    return is_own and is_whole and status.intact and status.valid and status.trusted


def _verdicts(data: bytes, trust: Trust, lists: Sequence[RevocationList]) -> Iterator[SignatureVerdict]:
    reader = PdfFileReader(BytesIO(data), strict=False)
    if reader.encrypted:
        raise Unreadable("Dit pdf-bestand is versleuteld.")
    filled = list(islice(enumerate_sig_fields(reader, filled_status=True), MOST_SIGNATURES + 1))
    if reader.total_revisions > MOST_REVISIONS or len(filled) > MOST_SIGNATURES:
        raise Unreadable("Dit pdf-bestand is te vaak gewijzigd om te controleren.")
    if len(filled) != len(reader.embedded_signatures):
        # pyHanko passes over a kind of signature it does not know; we promise to list every one.
        raise Unreadable("Dit pdf-bestand heeft een handtekening die niet kan worden gecontroleerd.")
    looked = FileInTime(reader, trust, lists)
    for signature in reader.embedded_signatures:
        yield _verdict(looked.timed(signature), len(data), trust)


def _verdict(timed: TimedSignature, size: int, trust: Trust) -> SignatureVerdict:
    signature, status = timed.signature, timed.status
    first, *_, start, length = (int(number) for number in signature.byte_range)
    level = status.modification_level
    issued_for = _issued_for(signature, trust)
    is_in_own_field = issued_for in ("", signature.field_name)
    return SignatureVerdict(
        field=signature.field_name,
        signer=signature.signer_cert.subject.native.get("common_name", ""),
        signed_at=timed.signed_at,
        is_intact=status.intact and status.valid,
        is_trusted=timed.is_trusted,
        covers_whole_file=first == 0 and start + length == size,
        changes=level.name if level is not None else ModificationLevel.OTHER.name,
        issued_for=issued_for,
        is_genuine=timed.bottom_line and level in ALLOWED_CHANGES and is_in_own_field,
        is_stamp=timed.is_stamp,
        stamped_at=timed.stamped_at,
        level=timed.level,
        then=timed.then,
        now=timed.now,
    )


def _issued_for(signature: EmbeddedPdfSignature, trust: Trust) -> str:
    """pyHanko calls a trusted person in someone else's field valid; the certificate says which field was meant."""
    fingerprint = signature.signer_cert.sha256
    own = next((field for field, one in trust.owners.items() if one.sha256 == fingerprint), "")
    named = str(signature.signer_cert.subject.native.get("serial_number", ""))
    return named.removeprefix(FIELD_MARK) if named.startswith(FIELD_MARK) else own
