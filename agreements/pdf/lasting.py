"""What keeps a signature checkable when its certificate is gone: validation data and a time stamp in the file.

PAdES level B-LTA (ETSI EN 319 142-1, 6.3). First the certificates and the lists of withdrawn ones, made or fetched after
the signatures, then a time stamp over everything, both in one revision at the end of the file.
"""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko_certvalidator.errors import PathError, RevokedError, ValidationError
from pyhanko_certvalidator.path import ValidationPath

from agreements.pdf import reading  # noqa: F401
from agreements.pdf.clock import Clock, asking_the_service, service_clock
from agreements.pdf.keys import SealUnavailable, trusted_roots
from agreements.pdf.own import party_roots
from agreements.pdf.revocation import Chain, Lookup, keep_lists
from agreements.pdf.standing import chain_of


def add_lasting_proof(data: bytes) -> bytes:
    """The same PDF with lasting proof for all its signatures: call it once, after the last of them.

    Returns `data` as it is when settings.TIMESTAMP_URL names no service: without a time of somebody else nothing lasts.
    The file stays PDF/A-3a and PDF/UA-1, and the signatures in it stay valid. A lasting proof can be added again
    later, on top, before the certificate of the time stamp ends.

    Raises SealUnavailable, with a Dutch reason, when the service or a list of withdrawn certificates cannot be
    reached, or when a certificate was withdrawn. Nothing is lost then: call it again later with the same bytes.
    """
    clock = service_clock()
    if clock is None:
        return data
    try:
        with asking_the_service():
            return asyncio.run(_proven(data, clock))
    except RevokedError as error:
        raise SealUnavailable(
            f"Een certificaat van een handtekening is ingetrokken op {error.revocation_dt:%d-%m-%Y}."
        ) from error
    except (ValidationError, PathError) as error:
        raise SealUnavailable(
            "De lijst met ingetrokken certificaten is nu niet te krijgen. Probeer het later opnieuw."
        ) from error


async def _proven(data: bytes, clock: Clock) -> bytes:
    writer, trust = IncrementalPdfFileWriter(BytesIO(data)), trusted_roots()
    signers, clocks = Lookup((*trust.signers, *party_roots())), Lookup(trust.clocks)
    sample = await clock.async_dummy_response("sha256")  # with which certificate the service stamps today
    paths = [await signers.path_of(chain) for chain in _signatures(writer)]
    paths += [await clocks.path_of(chain) for chain in (*_stamps(writer), chain_of(sample["content"]))]
    _embed(writer, paths, (signers, clocks))
    output = BytesIO()
    await PdfTimeStamper(clock).async_timestamp_pdf(writer, "sha256", output=output)
    return output.getvalue()


def _signatures(writer: IncrementalPdfFileWriter) -> Iterator[Chain]:
    """The certificates of every signature."""
    for signature in writer.prev.embedded_regular_signatures:
        yield chain_of(signature.signed_data)


def _stamps(writer: IncrementalPdfFileWriter) -> Iterator[Chain]:
    """The certificates of every time stamp that is there already: in a signature, or over the file."""
    for signature in writer.prev.embedded_regular_signatures:
        yield from map(chain_of, extract_tst_data_iter(signature.signer_info, signed=False))
    for stamp in writer.prev.embedded_timestamp_signatures:
        yield chain_of(stamp.signed_data)


def _embed(
    writer: IncrementalPdfFileWriter, paths: Sequence[ValidationPath], lookups: Iterable[Lookup]
) -> None:
    """Put the certificates and what was said of them in the file; only lists of their issuers, which can be long."""
    issuers = {certificate.issuer.hashable for path in paths for certificate in path}
    lists = [one for lookup in lookups for one in lookup.lists if one.issuer.hashable in issuers]
    answers = [one for lookup in lookups for one in lookup.answers]
    keep_lists(lists)
    DocumentSecurityStore.supply_dss_in_writer(writer, None, crls=lists, ocsps=answers, paths=paths)
