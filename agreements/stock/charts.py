"""Geometry of the chart of the stock: hard and expected as two series that are never one line, and the floor."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from agreements.stock.models import Ledger, StockFloor
from agreements.stock.queries import Table, Year
from agreements.web.burnup import LETTER, Dot, Plane, Run, Tick, axis
from agreements.web.charts import px
from agreements.web.formats import dutch_number

Ends = Sequence[tuple[int, Ledger | None, Ledger | None]]  # (year, hard, expected), every year once


@dataclass(frozen=True)
class Series:
    """SVG points of the unbroken lines, and a dot per figure."""

    lines: list[str]
    dots: list[Dot]


@dataclass(frozen=True)
class FloorLine:
    """The height of a floor, with its year and number for the words beside it."""

    y: str
    year: int
    value: int


@dataclass(frozen=True)
class StockChart:
    """All places of the drawing."""

    width: str
    height: str
    left: str
    right: str
    is_wide: bool
    starts_at: Decimal
    grid: list[Tick]
    ticks: list[Tick]
    hard: Series
    expected: Series
    floors: list[FloorLine]


def ends(years: Sequence[Year], *, only_complete: bool = False) -> Ends:
    """The totals per year. `only_complete`: those of all corporations, for a total of some looks like a fall."""

    def total(table: Table) -> Ledger | None:
        return table.total if table.is_complete or not only_complete else None

    return [(year.year, total(year.hard), total(year.expected)) for year in years]


def draw(ends: Ends, floors: Sequence[StockFloor] = ()) -> dict[str, StockChart] | None:
    """The chart for wide and for narrow screens; None when there is nothing to draw."""
    if not any(hard or expected for _, hard, expected in ends):
        return None
    return {"wide": lay_out(ends, floors, 700, 320), "narrow": lay_out(ends, floors, 350, 300)}


def lay_out(ends: Ends, floors: Sequence[StockFloor], width: int, height: int) -> StockChart:
    """Lay out the reported ends of the years in a drawing of `width` x `height` px."""
    hard = [Decimal(ledger.reported_end) if ledger else None for _, ledger, _ in ends]
    expected = [Decimal(ledger.reported_end) if ledger else None for _, _, ledger in ends]
    steps = axis(
        [figure for figure in (*hard, *expected, *(Decimal(f.value) for f in floors)) if figure is not None]
    )
    is_wide = width > 500
    left = 16 + LETTER * max(len(dutch_number(step)) for step in steps)
    right = width - (24 + LETTER * len("Minstens 11.455") if floors and is_wide else 28)
    plane = Plane(left, right, 40, height - 40, len(ends), steps[0], steps[-1])
    return StockChart(
        width=str(width),
        height=str(height),
        left=px(left),
        right=px(right),
        is_wide=is_wide,
        starts_at=steps[0],
        grid=[Tick(px(plane.y(step)), dutch_number(step)) for step in steps],
        ticks=[
            Tick(px(plane.x(place)), str(year), _anchor(place, plane))
            for place, (year, _, _) in enumerate(ends)
        ],
        hard=_series(hard, plane, beside=expected, only_last=not is_wide),
        expected=_series(expected, plane, beside=hard, only_last=not is_wide),
        floors=[FloorLine(px(plane.y(Decimal(floor.value))), floor.year, floor.value) for floor in floors],
    )


def _series(
    figures: Sequence[Decimal | None], plane: Plane, *, beside: Sequence[Decimal | None], only_last: bool
) -> Series:
    """One series with a line that breaks where a year has no figure. `beside` is the other series."""
    runs = _unbroken(figures)
    places = [place for run in runs for place in run]
    dots = [
        Dot(
            x=px(plane.x(place)),
            y=px(plane.y(figure)),
            dy="-14" if is_above else "28",
            anchor=_anchor(place, plane),
            value=figure,
            has_label=not only_last or (place, figure) == places[-1],
        )
        for run in runs
        for (place, figure), is_above in zip(run, _above(run, plane, beside), strict=True)
    ]
    return Series([plane.line(run) for run in runs if len(run) > 1], dots)


def _unbroken(figures: Sequence[Decimal | None]) -> list[Run]:
    runs: list[Run] = []
    for place, figure in enumerate(figures):
        if figure is None:
            continue
        if not runs or runs[-1][-1][0] != place - 1:
            runs.append([])
        runs[-1].append((place, figure))
    return runs


def _above(run: Run, plane: Plane, beside: Sequence[Decimal | None]) -> list[bool]:
    """Whether the number of each dot stands above it: away from the line, the axis and the other series."""
    found = []
    for index, (place, figure) in enumerate(run):
        around = [value for _, value in (*run[max(index - 1, 0) : index], *run[index + 1 : index + 2])]
        is_peak = sum(around, Decimal(0)) <= figure * len(around)
        other = beside[place]
        is_near_axis = plane.bottom - plane.y(figure) < 32
        found.append(is_near_axis or (is_peak if other is None else figure >= other))
    return found


def _anchor(place: int, plane: Plane) -> str:
    """Words at either end stay inside the drawing."""
    return {0: "start", plane.moments - 1: "end"}.get(place, "middle")
