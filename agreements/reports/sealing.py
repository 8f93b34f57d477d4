"""From the draft of a report to the file that is published: seal, signature, lasting proof, and a look at our own work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError

from agreements.documents import store
from agreements.pdf.keys import Seal, SealUnavailable, load_seal, trusted_roots
from agreements.pdf.lasting import add_lasting_proof, proof_ends_at, renew_proof
from agreements.pdf.revocation import known_lists
from agreements.pdf.seal import SEAL_FIELD, seal_pdf
from agreements.pdf.standing import Standing
from agreements.pdf.verify import SignatureVerdict, verify_pdf


@dataclass(frozen=True)
class FinishedFile:
    """A sealed PDF in the store, the name in the seal, the level of its proof ("B-B" or "B-LTA") and when that ends."""

    sha256: str
    size: int
    sealed_by: str
    level: str
    proof_ends_at: datetime | None


def finished_file(
    draft_sha256: str, *, reason: str, sign: Callable[[bytes], bytes] = lambda data: data
) -> FinishedFile:
    """Seal the draft, let `sign` add a signature, add what makes the proof last, verify the result and store it.

    ValidationError with a Dutch reason when one of these cannot be done now; nothing was changed then.
    """
    seal = _seal()
    try:
        sealed = seal_pdf(store.read(draft_sha256), seal=seal, reason=reason)
        data = add_lasting_proof(sign(sealed))
    except SealUnavailable as error:
        raise ValidationError(f"Verzegelen lukt nu niet. {error.reason} Er is niets gepubliceerd.") from error
    verdict = verify_pdf(data, trust=trusted_roots(), lists=known_lists())
    own = next(one for one in verdict.signatures if one.field == SEAL_FIELD)
    _check_not_withdrawn(own)
    if not verdict.is_genuine:
        raise ValidationError(
            "Het zegel klopt niet bij het nakijken. Er is niets gepubliceerd. Meld dit aan de technisch beheerder."
        )
    try:
        return FinishedFile(store.keep(data), len(data), seal.name, own.level, proof_ends_at(data))
    except store.NotStored as error:
        raise ValidationError(f"{error.reason} Er is niets gepubliceerd.") from error


def renewed_file(sha256: str) -> FinishedFile:
    """The published file with a newer time stamp behind it, verified and stored. The old bytes are its beginning.

    ValidationError with a Dutch reason when that cannot be done now.
    """
    try:
        data = renew_proof(store.read(sha256))
    except SealUnavailable as error:
        raise ValidationError(error.reason) from error
    verdict = verify_pdf(data, trust=trusted_roots(), lists=known_lists())
    if not verdict.is_genuine:
        raise ValidationError("Het bestand klopt niet bij het nakijken. Meld dit aan de technisch beheerder.")
    own = next(one for one in verdict.signatures if one.field == SEAL_FIELD)
    return FinishedFile(store.keep(data), len(data), own.signer, own.level, proof_ends_at(data))


def _check_not_withdrawn(own: SignatureVerdict) -> None:
    if own.now.standing == Standing.REVOKED:
        assert own.now.withdrawn_at is not None
        raise ValidationError(
            f"Het certificaat van het zegel is ingetrokken op {own.now.withdrawn_at:%d-%m-%Y}. "
            "Er is niets gepubliceerd. Vraag de technisch beheerder om een nieuw zegel."
        )


def _seal() -> Seal:
    try:
        seal = load_seal()
    except SealUnavailable as error:
        raise ValidationError(f"Verzegelen lukt nu niet. {error.reason}") from error
    if not trusted_roots():
        raise ValidationError(
            "Verzegelen lukt nu niet: het portaal weet niet welk certificaat het kan vertrouwen. "
            "Vraag de technisch beheerder om PORTAAL_ZEGEL_VERTROUWD in te stellen."
        )
    return seal
