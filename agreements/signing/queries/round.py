"""Reading rounds and what each party answered, as far as somebody may know it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.db.models import Q

from agreements.access.refusals import allows
from agreements.agreement.models import YearSlice
from agreements.agreement.queries import signatories
from agreements.parties.models import Mandate
from agreements.parties.queries import standing_of
from agreements.pdf.keys import Trust, trusted_roots
from agreements.signing import permissions
from agreements.signing.models import OutsideSignature, OwnCertificate, Revision, Seat, SigningRound
from agreements.signing.outcome import in_words
from agreements.signing.signer import certificate_in
from agreements.web.dates import today

Outcome = Seat.Outcome


@dataclass(frozen=True)
class ShownSeat:
    """A place in a round for one reader. Of others only whether they answered, until the round is over."""

    seat: Seat
    is_revealed: bool
    may_sign: bool
    may_decline: bool
    may_delegate: bool
    may_add: bool
    may_note: bool
    ending: OwnCertificate | None
    outside: OutsideSignature | None
    may_open: bool

    @property
    def label(self) -> str:
        """What stands beside the name of the party."""
        if self.kind == "stopped":
            return "Gaf geen antwoord voordat de ondertekening stopte"
        if self.is_revealed or not self.seat.has_answered:
            return str(self.seat.get_outcome_display())
        return "Heeft geantwoord"

    @property
    def kind(self) -> str:
        """ "signed", "declined", "answered", "pending", "stopped" or "silent": for icon and colour."""
        if self.seat.round.state == SigningRound.State.ENDED and not self.seat.has_answered:
            return "stopped"
        return self.seat.outcome if self.is_revealed or not self.seat.has_answered else "answered"


def visible_to(user: Any) -> models.QuerySet[SigningRound]:
    """Rounds with a document for everyone; those in the making for the parties. Newest first."""
    rounds = SigningRound.objects.select_related("year_slice__agreement", "opened_by").order_by(
        "-year_slice__year", "-number"
    )
    return rounds if standing_of(user).parties else rounds.exclude(document_sha256="")


def rounds_of(year_slice: YearSlice, *, seen_by: Any) -> list[SigningRound]:
    """The rounds of a jaarschijf, newest first."""
    return list(visible_to(seen_by).filter(year_slice=year_slice))


def seats_of(round_: SigningRound, *, seen_by: Any) -> list[ShownSeat]:
    """Every party with its answer as this person may know it."""
    seats = round_.seats.select_related(
        "party__represents", "statement", "mandate", "asked"
    ).prefetch_related(
        "afterwords", "outside__document", "reminders", "mandate__decisions", "party__own_certificates"
    )
    return [_shown(seat, round_, seen_by) for seat in seats]


def _shown(seat: Seat, round_: SigningRound, user: Any) -> ShownSeat:
    is_own = seat.party_id in standing_of(user).parties
    seat.round = round_  # one row for all seats, so that the rules below ask nothing again
    return ShownSeat(
        seat=seat,
        is_revealed=round_.is_over or is_own,
        may_sign=is_own and allows(permissions.sign, seat, by=user),
        may_decline=is_own and allows(permissions.decline, seat, by=user),
        may_note=allows(permissions.note_outside, seat, by=user),
        ending=_ending_of(seat, user),
        outside=_outside_for(seat, user, is_revealed=round_.is_over),
        may_open=bool(standing_of(user).parties),
        may_delegate=is_own and allows(permissions.delegate, seat, by=user),
        may_add=is_own and allows(permissions.add_afterword, seat, by=user),
    )


def _ending_of(seat: Seat, user: Any) -> OwnCertificate | None:
    """The certificate with which a party cannot sign much longer, for itself and for the municipality that waits for it."""
    is_concerned = standing_of(user).is_coordinator or seat.party_id in standing_of(user).parties
    if not is_concerned or seat.outcome == Outcome.SIGNED or seat.round.is_over:
        return None
    own = (one for one in seat.party.own_certificates.all() if one.removed_at is None)
    return next((one for one in own if one.ends_soon), None)


def _outside_for(seat: Seat, user: Any, *, is_revealed: bool) -> OutsideSignature | None:
    """What came from outside the portal: confirmed for everyone in the end, before that for the municipality."""
    State = OutsideSignature.State  # noqa: N806
    shown = [State.CONFIRMED] if is_revealed else [State.WAITING, State.CONFIRMED]
    if not is_revealed and not standing_of(user).is_coordinator:
        return None
    found = [one for one in seat.outside.all() if one.state in shown]
    return next((one for one in reversed(found) if one.waits or _is_answer(one, seat)), None)


def _is_answer(outside: OutsideSignature, seat: Seat) -> bool:
    """Whether it is the answer that stands: a party that wrote that it does not sign may sign after all."""
    return seat.came_from_outside and outside.outcome == seat.outcome


def outside_to_confirm(user: Any) -> list[OutsideSignature]:
    """What a colleague noted and this coordinator must look at."""
    if not standing_of(user).is_coordinator:
        return []
    waiting = OutsideSignature.objects.filter(
        state=OutsideSignature.State.WAITING, seat__round__state=SigningRound.State.OPEN
    ).exclude(noted_by=user)
    return list(waiting.select_related("seat__party", "seat__round__year_slice"))


def standing_in_words(round_: SigningRound, seats: list[ShownSeat]) -> str:
    """How far the round is: the outcome once it is over, before that how many answered."""
    if round_.state == SigningRound.State.CLOSED:
        return round_.outcome
    if round_.state == SigningRound.State.CLOSING:
        return "Niemand kan nog antwoorden. Het document wordt afgemaakt."
    answered = sum(1 for shown in seats if shown.seat.has_answered)
    if round_.state == SigningRound.State.ENDED:
        return f"Beëindigd. {in_words([shown.seat for shown in seats])}"
    return f"{answered} van de {len(seats)} partijen {'heeft' if answered == 1 else 'hebben'} geantwoord."


def signing_of(year_slice: YearSlice, *, seen_by: Any) -> dict[str, Any]:
    """For the page of a jaarschijf: "signing" is {"round", "seats", "standing"} of the newest round, or None.

    "other_rounds" are those before it, whose answers stay readable.
    "signed_before" are the answers of the parties when this jaarschijf was signed before there was a portal, else [].
    """
    rounds = rounds_of(year_slice, seen_by=seen_by)
    found = next(iter(rounds), None)
    context: dict[str, Any] = {
        "signing": None,
        "other_rounds": rounds[1:],
        "signed_before": [],
        "may_open_signing": allows(permissions.open_round, year_slice, by=seen_by),
    }
    if found:
        seats = seats_of(found, seen_by=seen_by)
        context["signing"] = {"round": found, "seats": seats, "standing": standing_in_words(found, seats)}
    agreement = year_slice.agreement
    if not found and agreement.signed_on and agreement.signed_on == year_slice.adopted_on:
        context["signed_before"] = list(signatories(agreement))
    return context


def trust_of(seats: Iterable[Seat]) -> Trust:
    """Whom we believe in the fields of a round: our own roots, and each party with its own certificate in its own field."""
    owners = {seat.field: certificate_in(seat.certificate) for seat in seats if seat.certificate}
    return replace(trusted_roots(), owners=owners)


def last_revision(round_: SigningRound) -> Revision:
    """The newest state of the PDF."""
    return round_.revisions.latest("number")


def revisions_of(round_: SigningRound) -> models.QuerySet[Revision]:
    """Every state of the PDF once the round is over; before that only the first, which everyone signs."""
    revisions = round_.revisions.select_related("seat__party")
    return revisions if round_.is_over else revisions.filter(number=0)


def is_signing_closed(year_slice: YearSlice) -> bool:
    """Whether a round of this jaarschijf came to its end with a result."""
    return SigningRound.objects.filter(year_slice=year_slice, state=SigningRound.State.CLOSED).exists()


def living_round(year_slice: YearSlice) -> SigningRound | None:
    """The round that still runs or is being made, or None."""
    return SigningRound.objects.filter(year_slice=year_slice, state__in=SigningRound.LIVE).first()


def seats_to_answer(user: Any) -> models.QuerySet[Seat]:
    """Open places that this person has a mandate for, and that were not handed over to somebody else: their tasks."""
    parties = standing_of(user).parties
    if not parties:
        return Seat.objects.none()
    mandated = Mandate.objects.on(today()).filter(user=user, party__in=parties).values("party")
    pending = Seat.objects.filter(outcome=Outcome.PENDING, round__state=SigningRound.State.OPEN)
    pending = pending.filter(Q(asked__isnull=True) | Q(asked=user))
    return pending.filter(party__in=mandated).select_related("round__year_slice__agreement", "party")


def rounds_to_lead(user: Any) -> list[SigningRound]:
    """What waits for a coordinator: a document that failed, and rounds that can be closed."""
    if not standing_of(user).is_coordinator:
        return []
    rounds = visible_to(user).filter(state__in=SigningRound.LIVE)
    return [one for one in rounds if _waits(one, user)]


def without_renewal(user: Any) -> list[SigningRound]:
    """For coordinators: closed rounds whose proof should have been renewed by now, but could not be."""
    if not standing_of(user).is_coordinator:
        return []
    return list(visible_to(user).filter(state=SigningRound.State.CLOSED).exclude(renewal_failure=""))


def _waits(round_: SigningRound, user: Any) -> bool:
    return allows(permissions.retry_round, round_, by=user) or allows(
        permissions.close_round, round_, by=user
    )
