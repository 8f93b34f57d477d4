"""Who may open, answer and close a round."""

from typing import Any

from django.db.models import Q

from agreements.access.refusals import Refused
from agreements.agreement.models import YearSlice
from agreements.parties.models import Mandate, Party
from agreements.parties.queries import mandate_of, standing_of
from agreements.signing.models import OutsideSignature, OwnCertificate, Seat, SigningRound
from agreements.web.dates import today

State = SigningRound.State


def lead_round(*, by: Any) -> None:
    """The municipality's coordinators ask the parties to sign."""
    if not standing_of(by).is_coordinator:
        raise Refused("Alleen coördinatoren van de gemeente openen, beëindigen en sluiten een ondertekening.")


def open_round(year_slice: YearSlice, *, by: Any) -> None:
    """One round at a time, and only of a text that nobody edits any more."""
    lead_round(by=by)
    if year_slice.phase != YearSlice.Phase.SIGNING:
        now = year_slice.get_phase_display().lower()
        raise Refused(f"{year_slice} is in de fase {now}. Breng hem eerst naar de fase ondertekening.")
    if SigningRound.objects.filter(year_slice=year_slice, state__in=SigningRound.LIVE).exists():
        raise Refused(f"Er loopt al een ondertekening van {str(year_slice).lower()}.")


def retry_round(round_: SigningRound, *, by: Any) -> None:
    """Making or finishing the document again, when it failed or the worker died."""
    lead_round(by=by)
    if round_.state != State.FAILED and not round_.is_stalled and not round_.is_waiting:
        raise Refused("Het document hoeft niet opnieuw te worden gemaakt.")


def end_round(round_: SigningRound, *, by: Any) -> None:
    """Ending without a result, so that the text can change."""
    lead_round(by=by)
    if round_.is_over:
        raise Refused("Deze ondertekening is al voorbij.")


def close_round(round_: SigningRound, *, by: Any) -> None:
    """When all have answered, or after the last day: nobody is hurried, and nobody holds it up."""
    lead_round(by=by)
    if not round_.is_open:
        raise Refused(f"Deze ondertekening is niet open. De stand is: {round_.get_state_display().lower()}.")
    if today() <= round_.due_on and round_.seats.filter(outcome=Seat.Outcome.PENDING).exists():
        raise Refused("Nog niet alle partijen hebben geantwoord en de laatste dag is nog niet voorbij.")
    waiting = OutsideSignature.objects.filter(seat__round=round_, state=OutsideSignature.State.WAITING)
    own = Q(seat__outcome__in=Seat.ANSWERED) & ~Q(seat__level__in=Seat.OUTSIDE_LEVELS)
    if unseen := waiting.exclude(own).first():
        raise Refused(f"Een tweede collega moet eerst de post van {unseen.seat.party.name} nakijken.")


def note_outside(seat: Seat, *, by: Any) -> None:
    """The municipality notes what a party answered elsewhere, as long as that party gave no answer itself.

    Whichever answer that was, the refusal is the same: the municipality reads no more of it than others (rule 10).
    """
    lead_round(by=by)
    _check_open(seat)
    _check_unanswered(seat)
    if any(one.waits for one in seat.outside.all()):
        raise Refused(f"Er ligt al post van {seat.party.name}. Een tweede collega kijkt die eerst na.")


def note_decline(seat: Seat, *, by: Any) -> None:
    """The same, of what a party wrote: that it does not sign."""
    note_outside(seat, by=by)


def confirm_outside(outside: OutsideSignature, *, by: Any) -> None:
    """A second pair of eyes: a coordinator who did not note it."""
    _second_look(outside, by=by)
    _check_open(outside.seat)
    _check_unanswered(outside.seat)


def reject_outside(outside: OutsideSignature, *, by: Any) -> None:
    """The same people say that it does not count, also when the party signed meanwhile."""
    _second_look(outside, by=by)


def _second_look(outside: OutsideSignature, *, by: Any) -> None:
    lead_round(by=by)
    if not outside.waits:
        raise Refused("Hierover is al besloten.")
    if outside.noted_by_id == by.pk:
        raise Refused("U legde dit zelf vast. Een collega moet het nakijken.")


def add_certificate(party: Party, *, by: Any) -> None:
    """Who says who signs for a party also says with which key."""
    if not standing_of(by).appoints_signers(party):
        raise Refused(
            f"Alleen een ondertekenaar of de applicatiebeheerder van {party.name} regelt het certificaat."
        )


def remove_certificate(certificate: OwnCertificate, *, by: Any) -> None:
    """The same people take it away, once."""
    add_certificate(certificate.party, by=by)
    if certificate.removed_at:
        raise Refused("Dit certificaat is al verwijderd.")


def sign(seat: Seat, *, by: Any) -> Mandate:
    """Who has a mandate of the party itself signs for it, once; a decline may still become a signature.

    Returns the mandate, because it is printed beside the signature.
    """
    mandate = _answer(seat, by=by)
    if seat.round.is_municipality_last and seat.party.kind == Party.Kind.MUNICIPALITY:
        others = seat.round.seats.exclude(pk=seat.pk)
        if others.filter(outcome=Seat.Outcome.PENDING).exists():
            raise Refused("De gemeente tekent als laatste. Nog niet alle andere partijen hebben geantwoord.")
    return mandate


def decline(seat: Seat, *, by: Any) -> Mandate:
    """The same people decline, and may change the reason until the round is over."""
    return _answer(seat, by=by)


def delegate(seat: Seat, *, by: Any) -> None:
    """Who may sign may ask another with a mandate to do it, as long as the party has not answered."""
    _answer(seat, by=by)
    if seat.has_answered:
        raise Refused(f"{seat.party.name} heeft al geantwoord.")


def add_afterword(seat: Seat, *, by: Any) -> Mandate:
    """Who may sign for a party may also say later what it thinks of its answer, once everyone can read that."""
    mandate = _mandate(seat, by=by)
    if seat.round.state != State.CLOSED:
        raise Refused("Dit kan pas als de ondertekening is gesloten.")
    return mandate


def _answer(seat: Seat, *, by: Any) -> Mandate:
    mandate = _mandate(seat, by=by)
    _open_for(seat)
    return mandate


def _open_for(seat: Seat) -> None:
    _check_open(seat)
    _check_unsigned(seat)


def _check_unsigned(seat: Seat) -> None:
    if seat.outcome not in (Seat.Outcome.PENDING, Seat.Outcome.DECLINED):
        raise Refused(f"{seat.party.name} heeft al getekend. Een handtekening blijft staan.")


def _check_open(seat: Seat) -> None:
    if not seat.round.is_open:
        raise Refused("Antwoorden kan nu niet: deze ondertekening is niet open.")


def _check_unanswered(seat: Seat) -> None:
    """A signature that came on paper stands as well; a letter may still be followed by a signature."""
    if seat.has_answered and not seat.came_from_outside:
        raise Refused(f"{seat.party.name} heeft zelf geantwoord, in het portaal. Dat antwoord telt.")
    _check_unsigned(seat)


def _mandate(seat: Seat, *, by: Any) -> Mandate:
    if seat.party_id not in standing_of(by).parties:
        raise Refused(f"U kunt niet antwoorden namens {seat.party.name}.")
    mandate = mandate_of(by, seat.party, today())
    if mandate is None:
        raise Refused(
            f"U heeft geen geldig mandaat om te tekenen namens {seat.party.name}. "
            "Vraag een ondertekenaar van uw organisatie om u er een te geven. Dat kan bij Mijn taken, ‘Wie mag tekenen?’."
        )
    return mandate
