"""The figures of one commitment in the report: its standing in words, its table of moments and its chart."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from agreements.commitments.models import Indicator, Target
from agreements.web.burnup import BurnUp, burnup
from agreements.web.formats import HARD_SPACE, dutch_date, dutch_number
from agreements.web.moments import Moment, moments_of

Row = dict[str, Any]
YES_NO = Indicator.ValueKind.YES_NO
CHART_WIDTH, CHART_HEIGHT = 320, 165  # px; rapport.css gives it the width of half a page
STANDING_APART = {"at_least": "minstens", "at_most": "hoogstens", "exactly": "precies"}


@dataclass(frozen=True)
class Line:
    """One day in the table of a commitment. Texts are "" where nothing is known."""

    day: str
    value: str
    plan: str
    certainty: str
    status: str


def amount(value: str | None, target: Row) -> str:
    """A stored amount in words: "36 woningen", "95%", "Gedaan". "" for None."""
    if value is None:
        return ""
    if target["value_kind"] == YES_NO:
        return "Gedaan" if Decimal(value) else "Nog niet gedaan"
    return f"{dutch_number(Decimal(value))}{_unit(target)}"


def standing(value: str | None, target: Row) -> str:
    """A value beside what was promised: "36 van 84 woningen", "97% (afgesproken: minstens 95%)"."""
    if target["value_kind"] == YES_NO:
        return amount(value, target) or "Nog niet bekend"
    promised = promise(target)
    if value is None:
        return f"Nog niet bekend (afgesproken: {promised})"
    if target["direction"] == Target.Direction.AT_LEAST and counts_up(target):
        return f"{dutch_number(Decimal(value))} van {amount(target['value'], target)}"
    return f"{amount(value, target)} (afgesproken: {promised})"


def headline(value: str, target: Row) -> tuple[str, str]:
    """A value to print large and what stands small beside it: ("36", "van 84 woningen")."""
    if target["value_kind"] == YES_NO:
        return amount(value, target), ""
    if target["direction"] == Target.Direction.AT_LEAST and counts_up(target):
        return _bare(value, target), f"van {amount(target['value'], target)}"
    return _bare(value, target), f"afgesproken: {promise(target)}"


def ratio(update: Row) -> str:
    """The two figures that were divided: "13 gedeeld door 20"; "" for what is no ratio, and in older reports."""
    above, below = update.get("numerator"), update.get("denominator")
    if above is None or below is None:
        return ""
    return f"{dutch_number(Decimal(above))} gedeeld door {dutch_number(Decimal(below))}"


def promise(target: Row) -> str:
    """What was promised: "minstens 84 woningen"."""
    word = STANDING_APART.get(target["direction"], "")
    return f"{word} {amount(target['value'], target)}".strip()


def amended(target: Row) -> str:
    """What was signed beside what holds now: "oorspronkelijk 120 – nu 95 woningen"; "" when nothing changed.

    Reports of before amendments existed have no "original" in their snapshot.
    """
    signed = target.get("original")
    return f"oorspronkelijk {_bare(signed, target)} – nu {amount(target['value'], target)}" if signed else ""


def counts_up(target: Row) -> bool:
    """Whether the value grows from zero to its target during the year."""
    return target["counting"] == Indicator.Counting.CUMULATIVE.label and target["value_kind"] != "percentage"


def lines(row: Row, rounds: list[Row], year: int) -> list[Line]:
    """Every day on which something was asked, reported or planned, oldest first.

    `year`: that of the report; its days are written without a year. `rounds`: [{"as_of": ISO date, ...}], those in which nothing was reported get the status "no_data".
    """
    target = row["target"]
    planned = {step["on"]: step["value"] for step in target["plan"]} if target else {}
    reported = {update["as_of"] or update["round_as_of"]: update for update in row["updates"]}
    asked = {round_["as_of"] for round_ in rounds} - {update["round_as_of"] for update in row["updates"]}
    days = sorted(planned.keys() | reported.keys() | asked)
    silence = {day: "no_data" for day in asked}
    return [
        _line(_short(day, year), reported.get(day), planned.get(day), target, silence.get(day, ""))
        for day in days
    ]


def _short(day: str, year: int) -> str:
    return dutch_date(date.fromisoformat(day)).removesuffix(f" {year}")


def _line(day: str, update: Row | None, plan: str | None, target: Row | None, silence: str) -> Line:
    return Line(
        day=day,
        value=_bare(update["value"], target) if update and target else "",
        plan=_bare(plan, target) if target else "",
        certainty=(update["certainty"] or "") if update else "",
        status=update["status"] if update else silence,
    )


def _bare(value: str | None, target: Row) -> str:
    """The amount without its unit, except where it would not be understood."""
    if value is None or target["value_kind"] == YES_NO:
        return amount(value, target)
    return dutch_number(Decimal(value)) + ("%" if target["unit"] == "%" else "")


def _unit(target: Row) -> str:
    return "%" if target["unit"] == "%" else f"{HARD_SPACE}{target['unit']}"


def chart(row: Row, year: int) -> BurnUp | None:
    """The burn-up chart; None when there are fewer than two figures to draw a line between."""
    target = row["target"]
    if target is None or target["value_kind"] == YES_NO:
        return None
    points = _moments(row, year)
    if sum(point.value is not None for point in points) < 2:
        return None
    goal = Decimal(target["value"])
    drawn = burnup(points, goal=goal, direction=target["direction"], width=CHART_WIDTH, height=CHART_HEIGHT)
    # The table beside it has every figure; in so small a drawing only the newest one has room.
    return replace(drawn, dots=[replace(dot, has_label=dot is drawn.dots[-1]) for dot in drawn.dots])


def _moments(row: Row, year: int) -> list[Moment]:
    """One moment per planned or reported day; a figure that is counted from 1 January starts at zero."""
    planned = {date.fromisoformat(step["on"]): Decimal(step["value"]) for step in row["target"]["plan"]}
    reported = {
        date.fromisoformat(update["as_of"]): (Decimal(update["value"]), update["indicator"])
        for update in row["updates"]
        if update["value"] is not None
    }
    since = year if counts_up(row["target"]) else None
    return moments_of(reported, planned, planned.keys() | reported.keys(), name=_name, since=since)


def _name(day: date) -> tuple[str, str]:
    return dutch_date(day), f"{day.day}-{day.month}"
