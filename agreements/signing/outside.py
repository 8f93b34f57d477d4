"""What somebody brought from outside the portal: a scan of paper, or our file with a signature in it."""

from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError

from agreements.documents import store
from agreements.pdf.check import Signature, TooBusy, look_into
from agreements.pdf.keys import trusted_roots
from agreements.pdf.own import party_roots
from agreements.pdf.seal import SEAL_FIELD
from agreements.signing.models import OutsideSignature, OwnCertificate, Seat

Kind = OutsideSignature.Kind
NOT_OURS = (
    "Dit bestand is digitaal getekend, maar het is niet precies onze tekst. Vraag de partij om het bestand te tekenen "
    "dat op de pagina van de ondertekening staat."
)
NOT_SIGNED = "Dit is onze tekst zonder handtekening. Kies het bestand waarin de partij tekende."
CHANGED = "Na de handtekening is er nog iets in het bestand veranderd. Vraag de partij om een schoon bestand."


@dataclass(frozen=True)
class Brought:
    """What it is; `certificate` in words when a signature was recognised."""

    kind: str
    certificate: str = ""


def judge(data: bytes, seat: Seat) -> Brought:
    """A scan, or a good signature of this party over exactly our file. ValidationError names what is wrong with it."""
    ours = trusted_roots()
    trust = replace(ours, signers=(*ours.signers, *party_roots()))
    try:
        contents = look_into(data, trust=trust)[0]
    except TooBusy as error:
        raise ValidationError("Er zijn nu veel controles. Probeer het over een minuut opnieuw.") from error
    if contents.reason:
        raise ValidationError(contents.reason)
    is_ours = data.startswith(store.read(seat.round.document_sha256))
    if not is_ours and not contents.signatures:
        return Brought(Kind.PAPER)
    if not is_ours:
        raise ValidationError(NOT_OURS)
    signed = [one for one in contents.signatures if one.field != SEAL_FIELD]
    if not signed:
        raise ValidationError(NOT_SIGNED)
    for one in signed:
        _check(one, seat)
    if not contents.is_genuine:
        raise ValidationError(CHANGED)
    return Brought(Kind.TOOL, f"{signed[-1].signer}, uitgegeven door {signed[-1].issuer}")


def _check(one: Signature, seat: Seat) -> None:
    if one.field != seat.field:
        raise ValidationError(
            f"In dit bestand tekende ‘{one.signer}’ in {_whose(one.field, seat)}. "
            f"Alleen het vak van {seat.party.name} mag zijn gevuld."
        )
    other = OwnCertificate.objects.filter(fingerprint=one.fingerprint).exclude(party=seat.party).first()
    if other or one.issued_for not in ("", seat.field):
        owner = f"het vak van {other.party.name}" if other else _whose(one.issued_for, seat)
        raise ValidationError(
            f"In het vak van {seat.party.name} tekende ‘{one.signer}’. Dat certificaat hoort bij {owner}."
        )
    if not one.is_intact:
        raise ValidationError(f"De handtekening van ‘{one.signer}’ past niet bij het bestand.")
    if not one.is_trusted:
        raise ValidationError(
            f"De handtekening van ‘{one.signer}’ komt van een uitgever die het portaal niet kent: {one.issuer}."
        )


def _whose(field: str, seat: Seat) -> str:
    other = next((one for one in seat.round.seats.select_related("party") if one.field == field), None)
    return f"het vak van {other.party.name}" if other else "een vak dat niet van een partij is"
