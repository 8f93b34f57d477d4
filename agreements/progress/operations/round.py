"""Opening, closing and reopening rounds."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.accounts.models import User
from agreements.agreement.models import YearSlice
from agreements.commitments.models import Commitment
from agreements.history.operations import record
from agreements.progress import permissions
from agreements.progress.models import ReportingRound
from agreements.progress.operations.standing import fall_silent, settle_standing
from agreements.progress.queries import reminders_in, unreported
from agreements.web.formats import dutch_date


@transaction.atomic
def open_round(year_slice: YearSlice, *, by: User | None, on: date, **fields: Any) -> ReportingRound:
    """Plan or open a reporting round; `fields` are those of the model. `by` is None for a data set."""
    if by is not None:
        permissions.open_round(by=by)
    round_ = ReportingRound.objects.create(year_slice=year_slice, **fields)
    sentence = f"Rapportageronde {round_.name.lower()} gepland."
    record("progress.round_opened", round_, by=by, on=on, sentence=sentence)
    return round_


@transaction.atomic
def close_round(round_: ReportingRound, *, by: User | None, on: date) -> ReportingRound:
    """Close a round. Where nothing came, the commitment reads "Geen gegevens" from now on (rule 5)."""
    round_ = held_round(round_)
    if by is not None:
        permissions.close_round(round_, by=by)
    round_.closed_on = on
    round_.save(update_fields=["closed_on"])
    silent = list(unreported(Commitment.objects.all(), round_))
    for commitment in silent:
        fall_silent(commitment)
    sentence = f"Rapportageronde {round_.name.lower()} gesloten. Zonder gegevens: {len(silent)}."
    sent = reminders_in(round_)
    data = {
        "silent": [commitment.code for commitment in silent],
        "reminders": {commitment.code: sent.get(commitment.lead_id, 0) for commitment in silent},
    }
    record("progress.round_closed", round_, by=by, on=on, sentence=sentence, data=data)
    return round_


@transaction.atomic
def reopen_round(round_: ReportingRound, *, by: User, on: date, reason: str) -> ReportingRound:
    """Open a closed round again, with the reason. "Geen gegevens" that came of the closing goes."""
    round_ = held_round(round_)
    permissions.reopen_round(round_, by=by)
    round_.closed_on = None
    round_.save(update_fields=["closed_on"])
    silent = unreported(Commitment.objects.select_for_update(of=("self",)).with_everything(), round_)
    for commitment in silent.order_by("pk"):
        settle_standing(commitment)
    sentence = f"Rapportageronde {round_.name.lower()} weer geopend."
    record("progress.round_reopened", round_, by=by, on=on, sentence=sentence, why=reason)
    return round_


@transaction.atomic
def move_window(
    round_: ReportingRound, *, by: User, on: date, until: date, reason: str, seen: date
) -> ReportingRound:
    """Give the other parties more or fewer days to judge, with the reason; never a day that is past.

    `seen` is the last day that the form showed; ValidationError (code "conflict") when a colleague moved it meanwhile.
    """
    round_ = held_round(round_)
    permissions.move_window(round_, by=by)
    if seen != round_.assess_by:
        raise ValidationError(
            f"Een collega veranderde deze dag intussen in {dutch_date(round_.assess_by)}. "
            "Kijk of uw keuze nog klopt en bewaar dan opnieuw.",
            code="conflict",
        )
    if until < max(on, round_.due_on):
        earliest = dutch_date(max(on, round_.due_on))
        raise ValidationError({"until": f"Vul {earliest} in, of een latere dag."})
    was, round_.assess_until = round_.assess_by, until
    round_.save(update_fields=["assess_until"])
    sentence = (
        f"Oordelen over {round_.name.lower()} kan tot en met {dutch_date(until)}. Dat was {dutch_date(was)}."
    )
    data = {"was": was.isoformat(), "until": until.isoformat()}
    record("progress.window_moved", round_, by=by, on=on, sentence=sentence, why=reason, data=data)
    return round_


def held_round(round_: ReportingRound) -> ReportingRound:
    """The round as it is now, locked until commit: nobody closes it while somebody reports, or the other way round."""
    return (
        ReportingRound.objects.select_for_update(of=("self",)).select_related("year_slice").get(pk=round_.pk)
    )
