"""Reminding parties that have not answered."""

from datetime import date, timedelta

from django.db import transaction

from agreements.history.operations import record
from agreements.signing.models import STEPS, Seat, SigningReminder, SigningRound
from agreements.signing.operations.round import held_round
from agreements.web.formats import days_left


@transaction.atomic
def remind_parties(*, on: date) -> list[SigningReminder]:
    """Remind every party that still has to answer in an open round, and return what is new.

    The worker calls it; nobody needs a right for it. Doing it again on the same day sends nothing. A reminder whose
    day was missed goes out later, unless the next one is due by then.
    """
    rounds = SigningRound.objects.filter(state=SigningRound.State.OPEN, due_on__gte=on)
    return [reminder for round_ in rounds for reminder in _remind_in(round_, on=on)]


def step_on(round_: SigningRound, day: date) -> int | None:
    """The reminder that fits this day: the last one due. None for days before the round opened."""
    due = [
        step
        for step in STEPS
        if round_.opened_on < (moment := round_.due_on + timedelta(days=step)) and moment <= day
    ]
    return due[-1] if due else None


def _remind_in(round_: SigningRound, *, on: date) -> list[SigningReminder]:
    round_ = held_round(round_)  # two workers at once: the second waits, and then finds all done
    step = step_on(round_, on)
    if step is None or not round_.is_open:
        return []
    pending = round_.seats.filter(outcome=Seat.Outcome.PENDING).exclude(reminders__step=step)
    return [_remind(seat, round_, step=step, on=on) for seat in pending.select_related("party")]


def _remind(seat: Seat, round_: SigningRound, *, step: int, on: date) -> SigningReminder:
    reminder = SigningReminder.objects.create(seat=seat, step=step, sent_on=on)
    left = days_left(round_.due_on, on).lower()
    sentence = f"Herinnering aan {seat.party.name} om te antwoorden: {left}."
    record(
        "signing.reminded", round_, by=None, on=on, party=seat.party, sentence=sentence, data={"step": step}
    )
    return reminder
