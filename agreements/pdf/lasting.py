"""What keeps a signature checkable when its certificate is gone: validation data and a time stamp in the file.

PAdES level B-LTA (ETSI EN 319 142-1, 6.3). First the certificates and the lists of withdrawn ones, made or fetched after
the signatures, then a time stamp over everything, both in one revision at the end of the file.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import TypeAlias

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
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

# The certificates to prove: of who signed, and of the time stamps.
Chains: TypeAlias = Callable[[IncrementalPdfFileWriter], tuple[Iterable[Chain], Iterable[Chain]]]


def add_lasting_proof(data: bytes) -> bytes:
    """The same PDF with lasting proof for all its signatures: call it once, after the last of them.

    Returns `data` as it is when settings.TIMESTAMP_URL names no service: without a time of somebody else nothing lasts.
    The file stays PDF/A-3a and PDF/UA-1, and the signatures in it stay valid. `renew_proof` makes it last longer.

    Raises SealUnavailable, with a Dutch reason, when the service or a list of withdrawn certificates cannot be
    reached, or when a certificate was withdrawn. Nothing is lost then: call it again later with the same bytes.
    """
    clock = service_clock()
    return data if clock is None else _stamped(data, clock, _everything)


def renew_proof(data: bytes) -> bytes:
    """The same PDF with a new time stamp on top, before the certificate of the last one ends.

    The certificates of the signatures themselves may have ended: what proves them is in the file, under that time stamp.
    Raises SealUnavailable as above, and when the service has nothing that lasts longer.
    """
    clock, until = service_clock(), proof_ends_at(data)
    if clock is None or until is None:
        raise SealUnavailable("Er is geen tijdstempeldienst ingesteld.")
    renewed = _stamped(data, clock, _last_stamp)
    longer = proof_ends_at(renewed)
    if longer is None or longer <= until:
        raise SealUnavailable("De tijdstempeldienst heeft nog geen certificaat dat langer geldt.")
    return renewed


def proof_ends_at(data: bytes) -> datetime | None:
    """When the certificate of the last time stamp over the file ends; None when there is no time stamp."""
    stamps = PdfFileReader(BytesIO(data)).embedded_timestamp_signatures
    return stamps[-1].signer_cert.not_valid_after if stamps else None


def _stamped(data: bytes, clock: Clock, chains: Chains) -> bytes:
    try:
        with asking_the_service():
            return asyncio.run(_proven(data, clock, chains))
    except RevokedError as error:
        raise SealUnavailable(
            f"Een certificaat van een handtekening is ingetrokken op {error.revocation_dt:%d-%m-%Y}."
        ) from error
    except (ValidationError, PathError) as error:
        raise SealUnavailable(
            "De lijst met ingetrokken certificaten is nu niet te krijgen. Probeer het later opnieuw."
        ) from error


async def _proven(data: bytes, clock: Clock, chains: Chains) -> bytes:
    writer, trust = IncrementalPdfFileWriter(BytesIO(data)), trusted_roots()
    signers, clocks = Lookup((*trust.signers, *party_roots())), Lookup(trust.clocks)
    sample = await clock.async_dummy_response("sha256")  # with which certificate the service stamps today
    of_signers, of_clocks = chains(writer)
    paths = [await signers.path_of(chain) for chain in of_signers]
    paths += [await clocks.path_of(chain) for chain in (*of_clocks, chain_of(sample["content"]))]
    _embed(writer, paths, (signers, clocks))
    output = BytesIO()
    await PdfTimeStamper(clock).async_timestamp_pdf(writer, "sha256", output=output)
    return output.getvalue()


def _everything(writer: IncrementalPdfFileWriter) -> tuple[Iterable[Chain], Iterable[Chain]]:
    return _signatures(writer), _stamps(writer)


def _last_stamp(writer: IncrementalPdfFileWriter) -> tuple[Iterable[Chain], Iterable[Chain]]:
    return (), [*_stamps(writer)][-1:]


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
