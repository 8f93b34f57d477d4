"""What the municipality writes in the document when a round closes, under its seal."""

from django.utils import timezone

from agreements.pdf.keys import Seal
from agreements.pdf.sign import sign_field
from agreements.signing.document import LAST_SEAL
from agreements.signing.models import OutsideSignature, Seat, SigningReminder, SigningRound
from agreements.web.formats import dutch_date, dutch_number

Outcome = Seat.Outcome


def noted(data: bytes, seat: Seat, round_: SigningRound, seal: Seal) -> bytes:
    """The PDF with, in the field of a party that did not sign there, what it did instead."""
    reason = f"Vastgelegd door de gemeente: {seat.get_outcome_display().lower()}"
    return _sealed(data, seat.field, seal, reason, _lines(seat, round_))


def last_sealed(data: bytes, round_: SigningRound, seal: Seal) -> bytes:
    """The PDF with the last seal, which names the outcome and the checkpoint of the history."""
    assert round_.closing_on is not None
    anchor = f"{dutch_number(round_.checkpoint_count or 0)} gebeurtenissen, {round_.checkpoint_digest}"
    lines = [
        f"Gesloten op {dutch_date(round_.closing_on)}. {round_.outcome}",
        f"Controlepunt: {anchor}",
    ]
    return _sealed(data, LAST_SEAL, seal, f"{round_} is gesloten", lines)


def _sealed(data: bytes, field: str, seal: Seal, reason: str, lines: list[str]) -> bytes:
    moment = timezone.localtime()  # the real clock, also in the demo
    stamp = [*lines, f"{seal.name}, {Seat.Level.SEAL.label}, {moment:%d-%m-%Y, %H.%M} uur"]
    return sign_field(data, field=field, signer=seal.signer, name=seal.name, reason=reason, lines=stamp)


def _lines(seat: Seat, round_: SigningRound) -> list[str]:
    if seat.outcome == Outcome.SILENT:
        return [_silence(seat, round_)]
    if seat.outcome == Outcome.SIGNED:
        return _outside(_confirmed(seat))
    assert seat.answered_on is not None
    lines = [
        f"{seat.party.name} tekent niet ({dutch_date(seat.answered_on)})",
        f"{seat.function}. {seat.proof}",
        f"Reden: {seat.reason}",
    ]
    if seat.came_from_outside:
        lines.append(
            f"De partij schreef dit {_confirmed(seat).get_kind_display()}. Twee medewerkers keken het na."
        )
    return lines + ([f"Eigen verklaring (SHA-256): {seat.statement.sha256}"] if seat.statement else [])


def _silence(seat: Seat, round_: SigningRound) -> str:
    sent = SigningReminder.objects.filter(seat=seat).count()
    reminded = f", na {sent} herinnering{'en' if sent > 1 else ''}" if sent else ""
    return f"{seat.party.name} heeft niet gereageerd, uiterlijk {dutch_date(round_.due_on)}{reminded}"


def _outside(outside: OutsideSignature) -> list[str]:
    how = f"{outside.get_kind_display()}, niet in het portaal ({dutch_date(outside.signed_on)})"
    lines = [f"{outside.seat.party.name} tekende {how}", f"{outside.function}. {outside.ground}"]
    if outside.certificate:
        lines.append(f"Certificaat: {outside.certificate}")
    return [*lines, f"Nagekeken door twee medewerkers. Bestand (SHA-256): {outside.document.sha256}"]


def _confirmed(seat: Seat) -> OutsideSignature:
    """What two civil servants confirmed of the answer that stands."""
    return seat.outside.filter(state=OutsideSignature.State.CONFIRMED, outcome=seat.outcome).latest("pk")
