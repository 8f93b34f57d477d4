"""Reminding parties of the progress they owe."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from agreements.commitments.models import Commitment
from agreements.history.operations import record
from agreements.parties.models import Party
from agreements.progress.models import Reminder, ReportingRound
from agreements.progress.operations.round import held_round
from agreements.progress.queries import owing, step_on
from agreements.web.formats import days_left


@transaction.atomic
def send_reminders(*, on: date) -> list[Reminder]:
    """Remind every party that owes something in an open round, and return what is new.

    The worker calls it; nobody needs a right for it. Doing it again on the same day sends nothing. A reminder whose
    day was missed goes out later, unless the next one is due by then.
    """
    return [
        reminder for round_ in ReportingRound.objects.open_on(on) for reminder in _remind_in(round_, on=on)
    ]


def _remind_in(round_: ReportingRound, *, on: date) -> list[Reminder]:
    round_ = held_round(round_)  # two workers at once: the second waits, and then finds all done
    step = step_on(round_, on)
    if step is None or not round_.is_open_on(on):
        return []
    reminded = set(round_.reminders.filter(step=step).values_list("party", flat=True))
    return [
        _remind(party, round_, commitments, step=step, on=on)
        for party, commitments in owing(round_).items()
        if party.pk not in reminded
    ]


def _remind(
    party: Party, round_: ReportingRound, commitments: Sequence[Commitment], *, step: int, on: date
) -> Reminder:
    reminder = Reminder.objects.create(round=round_, party=party, step=step, sent_on=on)
    number = "1 afspraak" if len(commitments) == 1 else f"{len(commitments)} afspraken"
    left = days_left(round_.due_on, on).lower()
    also = " Ook een tweede persoon kreeg deze herinnering." if reminder.is_escalated else ""
    record(
        "progress.reminded",
        round_,
        by=None,
        on=on,
        party=party,
        sentence=f"Herinnering aan {party.name}: {round_.name.lower()}, {number}, {left}.{also}",
        data={
            "step": step,
            "escalated": reminder.is_escalated,
            "commitments": [commitment.code for commitment in commitments],
        },
    )
    return reminder
