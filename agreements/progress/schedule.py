"""How far a figure should be by now, and whether a claim fits it. Computed beside what a party says, never instead (rule 4).

Pure: it reads only what it is given. A target comes with its plan and indicator read before. Where nobody made a plan
none is invented: then there is no schedule until the date of the commitment has passed.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models

from agreements.commitments.models import Indicator, Status, Target
from agreements.web.formats import dutch_date

TOLERANCE = Decimal(
    "0.05"
)  # a number within five percent of the plan is on schedule; a share is not rounded off
SHARES = (Indicator.ValueKind.PERCENTAGE, Indicator.ValueKind.RATIO)


class Schedule(models.TextChoices):
    """Value against plan, target and date."""

    AHEAD = "ahead", "Voor op schema"
    ON = "on", "Op schema"
    BEHIND = "behind", "Achter op schema"
    NONE = "none", "Geen schema"


@dataclass(frozen=True)
class Judgement:
    """The schedule of one figure. `why` is half a Dutch sentence, without capital and full stop; "" for NONE."""

    schedule: Schedule
    why: str = ""
    is_met: bool = False


def judge(target: Target | None, value: Decimal | None, *, on: date, deadline: date | None) -> Judgement:
    """What the figure of the day `on` says about the target."""
    if target is None or value is None:
        return Judgement(Schedule.NONE)
    goal = f"het doel is {goal_of(target)}"
    is_met, is_over = target.is_met_by(value), deadline is not None and on >= deadline
    if _is_too_much(target, value):
        return Judgement(Schedule.BEHIND, goal)
    if is_over and not is_met and deadline:
        return Judgement(Schedule.BEHIND, f"de einddatum is {dutch_date(deadline)} en {goal}", is_met)
    expected = None if target.indicator.is_yes_no else target.planned_on(on)
    if expected is not None:
        goes = "mocht" if target.direction == Target.Direction.AT_MOST else "moest"
        why = (
            f"volgens de planning {goes} het {in_words(expected, target.indicator)} zijn op {dutch_date(on)}"
        )
        return Judgement(_against_plan(target, value, expected), why, is_met)
    return Judgement(_against_goal(target, is_met=is_met, is_over=is_over), goal, is_met)


def contradiction(
    status: str, target: Target | None, value: Decimal | None, *, on: date, deadline: date | None
) -> str:
    """Why the figures do not support this claim, as a Dutch sentence; "" when they do or say nothing."""
    found = judge(target, value, on=on, deadline=deadline)
    if target is None or value is None:
        return ""
    gave = f"Het cijfer is: {in_words(value, target.indicator)}."
    label = Status(status).label
    if status == Status.ON_TRACK and found.schedule == Schedule.BEHIND:
        return f"U kiest ‘{label}’, maar {found.why}. {gave}"
    if status == Status.MISSED and found.is_met:
        return f"U kiest ‘{label}’, maar {found.why}. {gave}"
    if status == Status.NOT_STARTED and _is_growth(target) and value > (target.baseline or 0):
        return f"U kiest ‘{label}’, maar er is al iets gedaan. {gave}"
    return ""


def in_words(value: Decimal, indicator: Indicator) -> str:
    """52 woningen; 91%; € 44; gedaan."""
    return indicator.in_words(value)


def goal_of(target: Target) -> str:
    """minstens 84 woningen; gedaan."""
    if target.indicator.is_yes_no:
        return "gedaan"
    return f"{target.get_direction_display()} {in_words(target.value, target.indicator)}"


def _is_too_much(target: Target, value: Decimal) -> bool:
    """More than was allowed: that does not come right by itself."""
    limited = (Target.Direction.AT_MOST, Target.Direction.EXACTLY)
    return target.direction in limited and value > target.value


def _is_growth(target: Target) -> bool:
    """Whether a figure above zero means that somebody did something towards the target."""
    return (
        target.direction == Target.Direction.AT_LEAST
        and target.indicator.counting == Indicator.Counting.CUMULATIVE
    )


def _against_plan(target: Target, value: Decimal, expected: Decimal) -> Schedule:
    """More than planned is good for what must grow, and bad for what must stay below."""
    difference, is_share = value - expected, target.indicator.value_kind in SHARES
    if abs(difference) <= (0 if is_share else expected * TOLERANCE):
        return Schedule.ON
    is_good = (difference > 0) != (target.direction == Target.Direction.AT_MOST)
    return Schedule.AHEAD if is_good else Schedule.BEHIND


def _against_goal(target: Target, *, is_met: bool, is_over: bool) -> Schedule:
    """Without a plan: shares hold all year long; a limit that was kept is on schedule; else only the end counts."""
    is_norm = (
        target.indicator.value_kind in SHARES and target.indicator.counting != Indicator.Counting.CUMULATIVE
    )
    if is_met:
        grows = target.direction in (Target.Direction.AT_LEAST, Target.Direction.YES_NO)
        return Schedule.AHEAD if grows and not is_norm and not is_over else Schedule.ON
    return Schedule.BEHIND if is_norm else Schedule.NONE
