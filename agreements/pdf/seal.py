"""Put the seal on a PDF: a PAdES signature (ETSI EN 319 142-1, level B-B or B-T) that certifies the document."""

from io import BytesIO

from django.utils import timezone
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

from agreements.pdf import reading  # noqa: F401
from agreements.pdf.clock import asking_the_service, service_clock
from agreements.pdf.keys import Seal
from agreements.pdf.stamp import stamp_style

SEAL_FIELD = "zegel"


def seal_pdf(data: bytes, *, seal: Seal, reason: str) -> bytes:
    """The same PDF with the seal in its field "zegel" (<div data-sig="zegel"> in the HTML).

    After this only empty signature fields may still be filled; every other change breaks the seal.
    With a time stamp when settings.TIMESTAMP_URL names a service (level B-T); SealUnavailable when it does not answer
    well. The file stays PDF/A-3a and PDF/UA-1. Raises pyHanko's SigningError when the PDF has no such field or when
    that field is signed already.
    """
    metadata = signers.PdfSignatureMetadata(
        field_name=SEAL_FIELD,
        certify=True,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        name=seal.name,
        reason=reason,
    )
    moment = timezone.localtime()  # the real clock, also in the demo
    style = stamp_style("Digitaal verzegeld door", seal.name, f"{moment:%d-%m-%Y, %H.%M} uur")
    output = BytesIO()
    # A field that pyHanko makes is not in the structure tree (PDF/UA-1, 7.18.4): only fields of the render.
    with asking_the_service():
        signers.PdfSigner(metadata, seal.signer, stamp_style=style, timestamper=service_clock()).sign_pdf(
            IncrementalPdfFileWriter(BytesIO(data)), existing_fields_only=True, output=output
        )
    return output.getvalue()
