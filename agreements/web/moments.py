"""What a burn-up chart shows: figures measured and planned, day by day."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Figures = Mapping[date, tuple[Decimal, str]]  # the value on a day, and what was counted


@dataclass(frozen=True)
class Moment:
    """One place on the time axis. `value` None: nothing was reported; `plan` None: nothing was planned.

    `definition` says what was counted: figures with another definition are never one line (rule 6).
    `short` is the label on a narrow screen.
    """

    label: str
    value: Decimal | None = None
    plan: Decimal | None = None
    definition: str = ""
    short: str = ""


def moments_of(
    reported: Figures,
    planned: Mapping[date, Decimal],
    days: Iterable[date],
    *,
    name: Callable[[date], tuple[str, str]],
    since: int | None = None,
) -> list[Moment]:
    """One moment per day, oldest first; `name` gives its label and the short one.

    `since`: the year in which the figure is counted from 1 January; there the line starts at zero.
    """

    def moment(day: date) -> Moment:
        (value, definition), (label, short) = reported.get(day, (None, "")), name(day)
        return Moment(label, value, planned.get(day), definition, short)

    if since is None:
        return [moment(day) for day in sorted(days)]
    definition = next((definition for _, definition in reported.values()), "")
    start = Moment("Start", Decimal(0), Decimal(0) if planned else None, definition, "Start")
    return [start, *(moment(day) for day in sorted(days) if day > date(since, 1, 1))]
