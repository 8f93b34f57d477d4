"""A signature judged at the moment that is proven: by a time stamp in it, or by one over the file after it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.generic_cms import collect_timing_info, extract_tst_data_iter
from pyhanko.sign.validation.status import DocumentTimestampStatus, PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from agreements.pdf.keys import Trust
from agreements.pdf.revocation import RevocationList, newest
from agreements.pdf.standing import Judged, Standing, chain_of, is_proven, judge, kept_data


@dataclass(frozen=True)
class TimedSignature:
    """A signature or a time stamp over the file, with pyHanko's status at the proven moment. See SignatureVerdict."""

    signature: EmbeddedPdfSignature
    status: PdfSignatureStatus | DocumentTimestampStatus
    signed_at: datetime | None
    stamped_at: datetime | None
    level: str
    then: Judged
    now: Judged

    @property
    def is_stamp(self) -> bool:
        return isinstance(self.status, DocumentTimestampStatus)

    @property
    def is_trusted(self) -> bool:
        """From a root we trust, and not withdrawn at the moment that is proven; without proof that is now."""
        judged = self.then if self.stamped_at else self.now
        return self.status.trusted and judged.standing == Standing.GOOD

    @property
    def bottom_line(self) -> bool:
        if not self.is_trusted:
            return False
        if isinstance(self.status, DocumentTimestampStatus):  # has no bottom line of its own
            return self.status.intact and self.status.valid
        return self.status.bottom_line


class FileInTime:
    """The time stamps over a file, newest first; each proves the moment of what stands before it."""

    def __init__(self, reader: PdfFileReader, trust: Trust, lists: Sequence[RevocationList]):
        self.reader, self.trust, self.lists = reader, trust, lists

    @cached_property
    def stamps(self) -> list[tuple[EmbeddedPdfSignature, DocumentTimestampStatus, datetime | None]]:
        """Every time stamp over the file, its status, and the moment at which a later one proves it; the newest first."""
        found: list[Any] = []
        proven = None
        for stamp in reversed(self.reader.embedded_timestamp_signatures):
            status = validate_pdf_timestamp(stamp, self._context(self.trust.clocks, proven))
            found.append((stamp, status, proven))
            if status.intact and status.valid and status.trusted:
                proven = status.timestamp
        return found

    def timed(self, signature: EmbeddedPdfSignature) -> TimedSignature:
        """The signature with all that is known of its time."""
        if signature.sig_object_type == "/DocTimeStamp":
            return self._stamp(signature)
        later = self._proven_after(signature)
        stamped_at = self._stamped_at(signature, later) or later
        roots = self.trust.signers_in(signature.field_name)
        signers, clocks = (roots, stamped_at), (self.trust.clocks, later)
        status = validate_pdf_signature(signature, self._context(*signers), self._context(*clocks))
        signed_at = stamped_at or signature.self_reported_timestamp
        then, now = (self._judge(signature, roots, at) for at in (signed_at, None))
        level = self._level(signature, stamped_at)
        return TimedSignature(signature, status, signed_at, stamped_at, level, then, now)

    def _stamp(self, signature: EmbeddedPdfSignature) -> TimedSignature:
        names = [stamp.field_name for stamp, _, _ in self.stamps]
        _, status, _ = self.stamps[names.index(signature.field_name)]
        moment = status.timestamp
        then, now = (self._judge(signature, self.trust.clocks, at) for at in (moment, None))
        return TimedSignature(signature, status, moment, moment, "", then, now)

    def _stamped_at(self, signature: EmbeddedPdfSignature, later: datetime | None) -> datetime | None:
        """The time in the signature itself, when it is of a service we trust."""
        clocks = self._context(self.trust.clocks, later)
        found = collect_timing_info(signature.signer_info, clocks, raw_digest=signature.compute_digest)
        stamp = asyncio.run(found).get("timestamp_validity")
        is_good = stamp is not None and stamp.intact and stamp.valid and stamp.trusted
        return stamp.timestamp if stamp is not None and is_good else None

    def _proven_after(self, signature: EmbeddedPdfSignature) -> datetime | None:
        """The time of the first good time stamp over the file after this signature."""
        after = [
            status.timestamp
            for stamp, status, _ in self.stamps
            if stamp.signed_revision > signature.signed_revision and status.intact and status.trusted
        ]
        return min(after, default=None)

    def _level(self, signature: EmbeddedPdfSignature, stamped_at: datetime | None) -> str:
        if stamped_at is None:
            return "B-B"
        for stamp, status, _ in self.stamps:
            if stamp.signed_revision > signature.signed_revision and status.intact and status.trusted:
                resolver = self.reader.get_historical_resolver(stamp.signed_revision)
                if self._is_kept(signature, stamped_at, kept_data(resolver)):
                    return "B-LTA"
        return "B-LT" if self._is_kept(signature, stamped_at, kept_data(self.reader)) else "B-T"

    def _is_kept(
        self, signature: EmbeddedPdfSignature, moment: datetime, data: dict[str, Any] | None
    ) -> bool:
        """Whether the file itself holds what is needed to check this signature, and the time stamp in it."""
        if data is None:
            return False
        stamps = list(extract_tst_data_iter(signature.signer_info, signed=False))
        roots = list(self.trust.signers_in(signature.field_name))
        is_own = is_proven(chain_of(signature.signed_data), moment, trust_roots=roots, **data)
        clocks = {"trust_roots": list(self.trust.clocks), **data}
        return is_own and all(is_proven(chain_of(stamp), moment, **clocks) for stamp in stamps)

    def _judge(self, signature: EmbeddedPdfSignature, roots: Sequence[Any], at: datetime | None) -> Judged:
        kept = kept_data(self.reader) or {"crls": [], "ocsps": []}
        known = {"lists": newest([*self.lists, *kept["crls"]]), "answers": kept["ocsps"]}
        return judge(chain_of(signature.signed_data), roots=roots, at=at, **known)

    def _context(self, roots: Sequence[Any], moment: datetime | None) -> ValidationContext:
        # Which certificates were withdrawn, `judge` says; here only whether there is a way to a root.
        return ValidationContext(trust_roots=list(roots), moment=moment and moment.astimezone(UTC))
