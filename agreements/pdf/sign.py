"""Put a signature in an empty field of a sealed PDF: PAdES (ETSI EN 319 142-1, level B-B), as one more revision."""

import textwrap
from collections.abc import Sequence
from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import Signer

from agreements.pdf import reading  # noqa: F401
from agreements.pdf.clock import asking_the_service, service_clock
from agreements.pdf.stamp import FONT_SIZE, stamp_style

# What fits in a field of 158 by 34 mm (.tekenvak__veld in rapport.css), in points.
FIELD_WIDTH, FIELD_HEIGHT = 440, 92
LETTER_WIDTH = 0.47  # of the size of the font, on average
LEADING = 1.4  # of the size of the font
SMALLEST = 6.5


def sign_field(
    data: bytes, *, field: str, signer: Signer, name: str, reason: str, lines: Sequence[str]
) -> bytes:
    """The same PDF with a signature in this field, which shows `lines`; the signatures before it stay valid.

    With a time stamp when settings.TIMESTAMP_URL names a service (level B-T). The file stays PDF/A-3a and PDF/UA-1.
    Raises pyHanko's SigningError when there is no such field or when it is signed already, and SealUnavailable when
    the service does not answer or answers wrongly: a signature that was promised a time stamp never goes without.
    """
    metadata = signers.PdfSignatureMetadata(
        field_name=field, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256", name=name, reason=reason
    )
    output, style = BytesIO(), stamp_style(*_wrapped(lines))
    with asking_the_service():
        signers.PdfSigner(metadata, signer, stamp_style=style, timestamper=service_clock()).sign_pdf(
            IncrementalPdfFileWriter(BytesIO(data)), existing_fields_only=True, output=output
        )
    return output.getvalue()


def _wrapped(lines: Sequence[str]) -> list[str]:
    """The lines broken off so that, made smaller by the stamp to fit, the letters stay as large as they can."""
    size = float(FONT_SIZE)
    while True:
        most = int(FIELD_WIDTH / (LETTER_WIDTH * size))
        wrapped = [part for line in lines for part in textwrap.wrap(line, most)]
        if len(wrapped) * LEADING * size <= FIELD_HEIGHT or size <= SMALLEST:
            return wrapped
        size -= 0.5
