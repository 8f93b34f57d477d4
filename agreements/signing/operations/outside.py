"""Noting and confirming that a party answered outside the portal."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from agreements.accounts.models import User
from agreements.documents import store
from agreements.documents.models import Evidence
from agreements.documents.operations import attach_evidence
from agreements.history.operations import record
from agreements.signing import permissions
from agreements.signing.models import OutsideSignature, Seat
from agreements.signing.operations.round import held_seat
from agreements.signing.outside import Brought, judge

State, Kind = OutsideSignature.State, OutsideSignature.Kind
LEVELS = {Kind.PAPER: Seat.Level.PAPER, Kind.TOOL: Seat.Level.TOOL}


def note_outside(
    seat: Seat, *, by: User, on: date, document: Evidence, function: str, ground: str, signed_on: date
) -> OutsideSignature:
    """Note that a party signed on paper or with a program of its own. It counts once a colleague confirms it.

    ValidationError when the file is not what a party could have signed, or when the day cannot be. The same file twice
    is one.
    """
    permissions.lead_round(by=by)
    _check_day(signed_on, seat, on)
    brought = _judged(
        document, seat
    )  # outside the transaction: opening a file of a stranger may take seconds
    said = {"function": function, "ground": ground, "signed_on": signed_on}
    said |= {"kind": brought.kind, "certificate": brought.certificate[:300]}
    with transaction.atomic():
        seat = held_seat(seat)
        if same := _same(seat, document):
            return same
        permissions.note_outside(seat, by=by)
        return _note(seat, document, said, by=by, on=on)


@transaction.atomic
def note_decline(
    seat: Seat,
    *,
    by: User,
    on: date,
    document: Evidence,
    function: str,
    ground: str,
    signed_on: date,
    why: str,
) -> OutsideSignature:
    """Note that a party wrote that it does not sign, in its own words. It counts once a colleague confirms it.

    `document` is what the party sent, and becomes public with the answer. The same file twice is one.
    """
    permissions.lead_round(by=by)
    _check_day(signed_on, seat, on)
    seat = held_seat(seat)
    if same := _same(seat, document):
        return same
    permissions.note_decline(seat, by=by)
    said = {"function": function, "ground": ground, "signed_on": signed_on, "why": why}
    said |= {"kind": Kind.PAPER, "outcome": Seat.Outcome.DECLINED}
    return _note(seat, document, said, by=by, on=on)


def _same(seat: Seat, document: Evidence) -> OutsideSignature | None:
    return seat.outside.filter(state=State.WAITING, document__sha256=document.sha256).first()


def _note(seat: Seat, document: Evidence, said: dict[str, Any], *, by: User, on: date) -> OutsideSignature:
    noted = OutsideSignature.objects.create(seat=seat, document=document, noted_on=on, noted_by=by, **said)
    attach_evidence([document], on=on)
    sentence = f"Van {seat.party.name} kwam er post buiten het portaal om. Een tweede collega kijkt die na."
    data = {"document": document.sha256}
    record("signing.outside_noted", seat.round, by=by, on=on, party=seat.party, sentence=sentence, data=data)
    return noted


@transaction.atomic
def confirm_outside(outside: OutsideSignature, *, by: User, on: date) -> OutsideSignature:
    """Confirm what the party answered. The municipality writes it in the party's field when it closes the round."""
    outside = _held(outside)
    permissions.confirm_outside(outside, by=by)
    _decide(outside, State.CONFIRMED, by=by, on=on)
    seat = outside.seat
    _write(seat, outside, by=by)
    # As for every answer: which one it was, others read when the round is over.
    record(
        "signing.answered",
        seat.round,
        by=by,
        on=on,
        party=seat.party,
        sentence=f"{seat.party.name} heeft geantwoord.",
        data={"fingerprint": seat.fingerprint()},
    )
    return outside


def _write(seat: Seat, outside: OutsideSignature, *, by: User) -> None:
    seat.outcome, seat.level, seat.mandate = outside.outcome, LEVELS[Kind(outside.kind)], None
    seat.function, seat.proof = outside.function, outside.ground
    seat.answered_on, seat.answered_at, seat.answered_by = outside.signed_on, timezone.now(), by
    if outside.is_decline:
        seat.reason, seat.statement = outside.why, outside.document
    seat.save()


@transaction.atomic
def reject_outside(outside: OutsideSignature, *, by: User, on: date, reason: str) -> OutsideSignature:
    """Say that it does not count, and why. The party can still answer."""
    outside = _held(outside)
    permissions.reject_outside(outside, by=by)
    outside.reason = reason
    _decide(outside, State.REJECTED, by=by, on=on)
    party = outside.seat.party
    sentence = f"De post van {party.name} van buiten het portaal telt niet."
    record("signing.outside_rejected", outside.seat.round, by=by, on=on, party=party, sentence=sentence)
    return outside


def _check_day(signed_on: date, seat: Seat, on: date) -> None:
    if signed_on > on:
        raise ValidationError({"signed_on": "Deze dag is nog niet geweest. Kijk de datum na."})
    if signed_on < seat.round.opened_on:
        raise ValidationError({"signed_on": "Op deze dag was de ondertekening nog niet open."})


def _judged(document: Evidence, seat: Seat) -> Brought:
    try:
        return judge(store.read(document.sha256), seat)
    except ValidationError as error:
        raise ValidationError({"upload": error.messages}) from error


def _held(outside: OutsideSignature) -> OutsideSignature:
    seat = held_seat(outside.seat)
    found = OutsideSignature.objects.select_related("document", "noted_by").get(pk=outside.pk)
    found.seat = seat
    return found


def _decide(outside: OutsideSignature, state: str, *, by: User, on: date) -> None:
    outside.state = state
    outside.decided_on, outside.decided_at, outside.decided_by = on, timezone.now(), by
    outside.save()
