"""The moments of a commitment's burn-up chart."""

from collections.abc import Sequence
from datetime import date

from agreements.commitments.models import Commitment, Indicator
from agreements.progress.models import FINAL, ProgressUpdate, ReportingRound
from agreements.progress.queries import Total
from agreements.web.formats import dutch_date
from agreements.web.moments import Figures, Moment, moments_of


def moments(
    commitment: Commitment, updates: list[ProgressUpdate], rounds: list[ReportingRound]
) -> list[Moment]:
    """One moment per planned day, reported peildatum and closed round, from the start of the year; [] without a figure.

    A closed round without an update is a moment without a value: the line breaks there.
    """
    reported = {u.figure.as_of: (u.figure.value, u.figure.indicator.key) for u in updates if u.figure}
    asked = {round_.as_of for round_ in rounds if round_.closed_on}
    over = [update.round.as_of for update in updates if update.status in FINAL]
    return _moments(commitment, reported, {day for day in asked if not over or day <= min(over)})


def joint_moments(joint: Commitment, totals: Sequence[Total]) -> list[Moment]:
    """The same of the parts together: a figure only in rounds in which none of them misses."""
    key = joint.target.indicator.key
    reported = {total.round.as_of: (total.known, key) for total in totals if total.is_complete}
    return _moments(joint, reported, {total.round.as_of for total in totals if total.round.closed_on})


def _moments(commitment: Commitment, reported: Figures, asked: set[date]) -> list[Moment]:
    target = commitment.measure
    if target is None or target.indicator.is_yes_no:
        return []
    planned = {step.on: step.value for step in target.plan.all()}
    if not reported and not planned:
        return []
    is_from_zero = target.indicator.counting == Indicator.Counting.CUMULATIVE
    since = commitment.year_slice.year if is_from_zero else None
    days = planned.keys() | reported.keys() | asked
    return moments_of(reported, planned, days, name=_quarter, since=since)


def definitions(updates: list[ProgressUpdate]) -> list[tuple[Indicator, str, str]]:
    """What was counted: [(indicator, first round, last round)], oldest first; more than one when the counting changed.

    `updates` newest per round, the oldest first. The same way of counting after another one is there twice.
    """
    found: list[tuple[Indicator, str, str]] = []
    for update in updates:
        if not update.figure:
            continue
        indicator, name = update.figure.indicator, update.round.name
        if found and found[-1][0] == indicator:
            found[-1] = (indicator, found[-1][1], name)
        else:
            found.append((indicator, name, name))
    return found


def _quarter(day: date) -> tuple[str, str]:
    """("Kwartaal 3", "K3") on the last day of a quarter, else the date."""
    if (day.month, day.day) in ((3, 31), (6, 30), (9, 30), (12, 31)):
        return f"Kwartaal {day.month // 3}", f"K{day.month // 3}"
    return dutch_date(day), f"{day.day}-{day.month}"
