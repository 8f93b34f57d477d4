"""Closing a round: what was not signed is written in the PDF as well, and the municipality seals the whole."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from agreements.accounts.models import User
from agreements.documents import store
from agreements.history.operations import record
from agreements.history.queries import checkpoint
from agreements.pdf.keys import Seal, SealUnavailable, load_seal
from agreements.pdf.sign import sign_field
from agreements.pdf.verify import verify_pdf
from agreements.signing import permissions
from agreements.signing.document import LAST_SEAL
from agreements.signing.models import OutsideSignature, Seat, SigningReminder, SigningRound
from agreements.signing.operations.round import add_revision, held_round, publish_statements
from agreements.signing.outcome import in_words
from agreements.signing.queries import last_revision, trust_of
from agreements.web.formats import dutch_date, dutch_number

Outcome = Seat.Outcome


@transaction.atomic
def close_round(round_: SigningRound, *, by: User, on: date) -> SigningRound:
    """Write declines and silence in the PDF, seal it for the last time, and make all answers public.

    ValidationError when there is no seal now; then nothing changed and it can be tried again.
    """
    round_ = held_round(round_)
    permissions.close_round(round_, by=by)
    seats = list(round_.seats.select_related("party", "statement"))
    for seat in seats:
        if seat.outcome != Outcome.SIGNED:
            seat.outcome = Outcome.SILENT if seat.outcome == Outcome.PENDING else seat.outcome
            seat.level = Seat.Level.SEAL
            seat.save(update_fields=["outcome", "level"])
    round_.state, round_.outcome = SigningRound.State.CLOSED, in_words(seats)
    round_.over_on, round_.over_at, round_.over_by = on, timezone.now(), by
    anchor = checkpoint()
    round_.checkpoint_count, round_.checkpoint_digest = anchor["count"], anchor["digest"]
    try:
        _finish_document(round_, seats, load_seal())
    except SealUnavailable as error:
        raise ValidationError(f"Sluiten lukt nu niet. {error.reason} Er is niets veranderd.") from error
    round_.save()
    publish_statements(round_)
    revisions = list(round_.revisions.values_list("sha256", flat=True))
    data = {"revisions": revisions, "answers": [_answer(seat) for seat in seats]}
    sentence = f"{round_} gesloten. {round_.outcome}"
    record("signing.round_closed", round_, by=by, on=on, sentence=sentence, data=data)
    return round_


def _answer(seat: Seat) -> dict[str, str]:
    # With the salt anyone can check the fingerprint in the event of the answer itself.
    answer = {"party": seat.party.key, "outcome": seat.outcome, "salt": str(seat.salt), "reason": seat.reason}
    answer |= {"level": seat.level}
    return answer | {"fingerprint": seat.fingerprint()}


def _finish_document(round_: SigningRound, seats: Sequence[Seat], seal: Seal) -> None:
    data = store.read(last_revision(round_).sha256)
    for seat in seats:
        if not seat.is_in_document:
            reason = f"Vastgelegd door de gemeente: {seat.get_outcome_display().lower()}"
            data = _sealed(data, seat.field, seal, reason, _lines(seat, round_))
            add_revision(round_, data, seat=seat)
    anchor = f"{dutch_number(round_.checkpoint_count or 0)} gebeurtenissen, {round_.checkpoint_digest}"
    lines = [f"Gesloten op {dutch_date(_day(round_))}. {round_.outcome}", f"Controlepunt: {anchor}"]
    data = _sealed(data, LAST_SEAL, seal, f"{round_} is gesloten", lines)
    if not verify_pdf(data, trust=trust_of(seats)).is_genuine:
        raise ValidationError(
            "Het zegel klopt niet bij het nakijken. De ondertekening is niet gesloten. Meld dit aan de beheerder."
        )
    add_revision(round_, data)


def _sealed(data: bytes, field: str, seal: Seal, reason: str, lines: list[str]) -> bytes:
    moment = timezone.localtime()  # the real clock, also in the demo
    stamp = [*lines, f"{seal.name}, {Seat.Level.SEAL.label}, {moment:%d-%m-%Y, %H.%M} uur"]
    return sign_field(data, field=field, signer=seal.signer, name=seal.name, reason=reason, lines=stamp)


def _lines(seat: Seat, round_: SigningRound) -> list[str]:
    if seat.outcome == Outcome.SILENT:
        sent = SigningReminder.objects.filter(seat=seat).count()
        reminded = f", na {sent} herinnering{'en' if sent > 1 else ''}" if sent else ""
        return [f"{seat.party.name} heeft niet gereageerd, uiterlijk {dutch_date(round_.due_on)}{reminded}"]
    assert seat.answered_on is not None
    if seat.outcome == Outcome.SIGNED:
        return _outside_lines(seat.outside.get(state=OutsideSignature.State.CONFIRMED))
    lines = [
        f"{seat.party.name} tekent niet ({dutch_date(seat.answered_on)})",
        f"{seat.function}. {seat.proof}",
        f"Reden: {seat.reason}",
    ]
    return lines + ([f"Eigen verklaring (SHA-256): {seat.statement.sha256}"] if seat.statement else [])


def _outside_lines(outside: OutsideSignature) -> list[str]:
    how = f"{outside.get_kind_display()}, niet in het portaal ({dutch_date(outside.signed_on)})"
    lines = [f"{outside.seat.party.name} tekende {how}", f"{outside.function}. {outside.ground}"]
    if outside.certificate:
        lines.append(f"Certificaat: {outside.certificate}")
    return [*lines, f"Nagekeken door twee medewerkers. Bestand (SHA-256): {outside.document.sha256}"]


def _day(round_: SigningRound) -> date:
    assert round_.over_on is not None
    return round_.over_on
