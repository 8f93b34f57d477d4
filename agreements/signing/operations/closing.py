"""Closing a round: asked by a coordinator, done by the worker, which tries until it is done.

From the moment it is asked nobody answers any more, so that the document can be finished without holding up others.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from agreements.accounts.models import User
from agreements.documents import store
from agreements.history.operations import record
from agreements.history.queries import checkpoint
from agreements.pdf.keys import load_seal
from agreements.pdf.lasting import add_lasting_proof, proof_ends_at
from agreements.pdf.verify import verify_pdf
from agreements.signing import permissions
from agreements.signing.ending import last_sealed, noted
from agreements.signing.models import Seat, SigningRound
from agreements.signing.operations.round import add_revision, held_round, publish_statements
from agreements.signing.outcome import in_words
from agreements.signing.queries import last_revision, trust_of
from agreements.web.formats import tried_by_itself

Outcome, State = Seat.Outcome, SigningRound.State
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
PATIENCE = 3  # tries, before people are told; the worker goes on trying


@dataclass(frozen=True)
class Ending:
    """What a round becomes: its seats with their last outcome, and every next state of the PDF."""

    round: SigningRound
    seats: list[Seat]
    revisions: list[tuple[Seat | None, bytes]]


@transaction.atomic
def close_round(round_: SigningRound, *, by: User, on: date) -> SigningRound:
    """End the answering. The worker then writes the document and makes all answers public."""
    round_ = held_round(round_)
    permissions.close_round(round_, by=by)
    round_.state, round_.closing_on, round_.closing_by = State.CLOSING, on, by
    round_.try_at, round_.tries, round_.failure = timezone.now() + FIRST_PAUSE, 0, ""
    round_.save()
    sentence = f"Het antwoorden is voorbij. {round_} wordt gesloten."
    record("signing.closing_asked", round_, by=by, on=on, sentence=sentence)
    return round_


def prepare_ending(round_: SigningRound) -> Ending:
    """The finished document, on paper only: nothing is stored yet. No lock is held, for a time stamp may take seconds.

    Raises SealUnavailable when there is no seal now, and ValidationError when our own work turns out wrong.
    """
    seats = list(round_.seats.select_related("party", "statement"))
    for seat in seats:
        if seat.outcome != Outcome.SIGNED:
            seat.outcome = Outcome.SILENT if seat.outcome == Outcome.PENDING else seat.outcome
            seat.level = seat.level if seat.came_from_outside else Seat.Level.SEAL
    round_.outcome, anchor = in_words(seats), checkpoint()
    round_.checkpoint_count, round_.checkpoint_digest = anchor["count"], anchor["digest"]
    data, seal = store.read(last_revision(round_).sha256), load_seal()
    revisions: list[tuple[Seat | None, bytes]] = []
    for seat in seats:
        if not seat.is_in_document:
            data = noted(data, seat, round_, seal)
            revisions.append((seat, data))
    data = add_lasting_proof(last_sealed(data, round_, seal))
    if not verify_pdf(data, trust=trust_of(seats)).is_genuine:
        raise ValidationError("Het zegel klopt niet bij het nakijken. Meld dit aan de beheerder.")
    return Ending(round_, seats, [*revisions, (None, data)])


@transaction.atomic
def finish_round(ending: Ending) -> SigningRound | None:
    """Make it so: document, answers and state at once. None when somebody else did, or ended the round."""
    current, round_ = held_round(ending.round), ending.round
    if current.state != State.CLOSING:
        return None
    by, on = current.closing_by, current.closing_on
    for seat in ending.seats:
        seat.save(update_fields=["outcome", "level"])
    for filled, content in ending.revisions:
        add_revision(round_, content, seat=filled)
    round_.state, round_.failure, round_.try_at = State.CLOSED, "", None
    round_.over_on, round_.over_at, round_.over_by = on, timezone.now(), by
    round_.note_proof(proof_ends_at(ending.revisions[-1][1]))
    round_.save()
    publish_statements(round_)
    assert on is not None
    data = {
        "revisions": list(round_.revisions.values_list("sha256", flat=True)),
        "answers": [_answer(seat) for seat in ending.seats],
    }
    sentence = f"{round_} gesloten. {round_.outcome}"
    record("signing.round_closed", round_, by=by, on=on, sentence=sentence, data=data)
    return round_


@transaction.atomic
def postpone_closing(round_: SigningRound, reason: str) -> SigningRound:
    """Note why it did not work now, and when it is tried again; people are told when that is not soon enough."""
    round_ = held_round(round_)
    if round_.state != State.CLOSING:
        return round_
    round_.tries += 1
    pause = min(FIRST_PAUSE * 2 ** min(round_.tries - 1, 10), LONGEST_PAUSE)
    round_.failure, round_.try_at = tried_by_itself(reason), timezone.now() + pause
    round_.save(update_fields=["failure", "try_at", "tries"])
    if round_.tries == PATIENCE:
        assert round_.closing_on is not None
        sentence = f"Het sluiten van {round_} lukt nog niet. {round_.failure}"
        record("signing.closing_stuck", round_, by=None, on=round_.closing_on, sentence=sentence)
    return round_


@transaction.atomic
def claim_closing() -> SigningRound | None:
    """A round whose next try is due, taken by this worker for a while; None when there is none."""
    due = SigningRound.objects.filter(state=State.CLOSING, try_at__lte=timezone.now())
    found = due.select_for_update(skip_locked=True, of=("self",)).first()
    if found:
        found.try_at = timezone.now() + FIRST_PAUSE
        found.save(update_fields=["try_at"])
    return found


def _answer(seat: Seat) -> dict[str, str]:
    # With the salt anyone can check the fingerprint in the event of the answer itself.
    answer = {"party": seat.party.key, "outcome": seat.outcome, "salt": str(seat.salt), "reason": seat.reason}
    return answer | {"level": seat.level, "fingerprint": seat.fingerprint()}
