"""Reminding parties of the progress they owe."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from agreements.accounts.models import User
from agreements.history.operations import record
from agreements.parties.models import Party
from agreements.progress import permissions
from agreements.progress.models import Reminder, ReportingRound
from agreements.progress.operations.round import held_round
from agreements.progress.queries import Debt, debts, step_on
from agreements.web.formats import counted, days_left


@transaction.atomic
def send_reminders(*, on: date) -> list[Reminder]:
    """Remind every party that owes something in an open round, and return what is new.

    The worker calls it; nobody needs a right for it. Doing it again on the same day sends nothing. A reminder whose
    day was missed goes out later, unless the next one is due by then.
    """
    return [
        reminder for round_ in ReportingRound.objects.open_on(on) for reminder in _remind_in(round_, on=on)
    ]


@transaction.atomic
def remind_parties(
    round_: ReportingRound, *, by: User, on: date, parties: Collection[Party]
) -> list[Reminder]:
    """Remind these parties now, and return what was sent.

    Left out is who owes nothing any more, heard today already, or was reminded by hand too often (`Debt.refusal`). On
    one of the fixed days it takes the place of that reminder: nobody gets two.
    """
    round_ = held_round(round_)
    permissions.remind_parties(round_, by=by)
    step = step_on(round_, on)
    return [
        _remind(debt, step=None if debt.had(step) else step, by=by, on=on)
        for debt in debts([round_], on=on)
        if debt.party in parties and not debt.refusal
    ]


def _remind_in(round_: ReportingRound, *, on: date) -> list[Reminder]:
    round_ = held_round(round_)  # two workers at once: the second waits, and then finds all done
    step = step_on(round_, on)
    if step is None or not round_.is_open_on(on):
        return []
    found = debts([round_], on=on)
    due = [debt for debt in found if not debt.had(step) and not debt.heard_today]
    return [_remind(debt, step=step, by=None, on=on) for debt in due]


def _remind(debt: Debt, *, step: int | None, by: User | None, on: date) -> Reminder:
    round_, party = debt.round, debt.party
    reminder = Reminder.objects.create(round=round_, party=party, step=step, sent_on=on, sent_by=by)
    number = counted(len(debt.commitments), "afspraak", "afspraken")
    left = days_left(round_.due_on, on).lower()
    also = " Ook een tweede persoon kreeg deze herinnering." if reminder.is_escalated else ""
    record(
        "progress.reminded",
        round_,
        by=by,
        on=on,
        party=party,
        sentence=f"Herinnering aan {party.name}: {round_.name.lower()}, {number}, {left}.{also}",
        data={
            "step": step,
            "escalated": reminder.is_escalated,
            "commitments": [commitment.code for commitment in debt.commitments],
        },
    )
    return reminder
