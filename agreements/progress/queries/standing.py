"""What the page of a commitment shows of progress, beside the updates themselves."""

from dataclasses import dataclass
from typing import Any

from agreements.access.refusals import allows
from agreements.agreement.models import YearSlice
from agreements.commitments.models import Commitment, Status
from agreements.progress import permissions
from agreements.progress.models import CLAIMS, FINAL, ProgressUpdate
from agreements.progress.queries.update import newest_per_round
from agreements.progress.schedule import Schedule, contradiction, judge


@dataclass(frozen=True)
class Standing:
    """The schedule of the figure that holds now, and whether it supports what the party claims."""

    schedule: Schedule
    why: str
    doubt: str


def progress_of(commitment: Commitment, updates: list[ProgressUpdate], *, by: Any) -> dict[str, Any]:
    """`schedule` (None where there is nothing to say) and `may_return`: the update this person may ask about."""
    latest = newest_per_round(updates)[-1] if updates else None
    may_return = latest and allows(permissions.return_progress, latest, by=by)
    return {"schedule": _standing(commitment), "may_return": latest.pk if latest and may_return else None}


def doubted() -> list[tuple[Commitment, str]]:
    """Of the years that run the commitments whose figure does not support what the party claims, with why."""
    running = Commitment.objects.filter(
        year_slice__phase=YearSlice.Phase.ADOPTED, status__in=CLAIMS, as_of__isnull=False, withdrawn_on=None
    )
    rows = running.exclude(status=Status.ACHIEVED).with_everything().prefetch_related("target__plan")
    found = [(row, _standing(row)) for row in rows]
    return [(row, standing.why) for row, standing in found if standing and standing.doubt]


def _standing(commitment: Commitment) -> Standing | None:
    target, value, day = commitment.measure, commitment.value, commitment.as_of
    runs = commitment.status in CLAIMS and (
        commitment.status not in FINAL or commitment.status == Status.MISSED
    )
    if day is None or not runs:
        return None
    found = judge(target, value, on=day, deadline=commitment.deadline)
    # What a joint commitment says is no claim of anybody: there is nothing to doubt.
    claim = None if commitment.is_joint else commitment.status
    doubt = contradiction(claim, target, value, on=day, deadline=commitment.deadline) if claim else ""
    return (
        None if found.schedule == Schedule.NONE and not doubt else Standing(found.schedule, found.why, doubt)
    )
