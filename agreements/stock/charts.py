"""Geometry of the chart of the stock: hard and expected as two series that are never one line, and the floor."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from agreements.stock.models import Ledger, StockFloor
from agreements.stock.queries import Table, Year
from agreements.web.burnup import LETTER, Dot, Plane, Tick, axis
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
        ticks=[Tick(px(plane.x(place)), str(year)) for place, (year, _, _) in enumerate(ends)],
        hard=_series(hard, plane, above=True, only_last=not is_wide),
        expected=_series(expected, plane, above=False, only_last=not is_wide),
        floors=[FloorLine(px(plane.y(Decimal(floor.value))), floor.year, floor.value) for floor in floors],
    )


def _series(figures: Sequence[Decimal | None], plane: Plane, *, above: bool, only_last: bool) -> Series:
    """A line breaks where a year has no figure. Hard figures are written above their dot, expected ones below."""
    places = [(place, figure) for place, figure in enumerate(figures) if figure is not None]
    runs: list[list[tuple[int, Decimal]]] = []
    for place, figure in places:
        if not runs or runs[-1][-1][0] != place - 1:
            runs.append([])
        runs[-1].append((place, figure))
    dots = [
        Dot(
            x=px(plane.x(place)),
            y=px(plane.y(figure)),
            dy="-14" if above or plane.bottom - plane.y(figure) < 32 else "28",
            anchor="middle",
            value=figure,
            has_label=not only_last or place == places[-1][0],
        )
        for place, figure in places
    ]
    return Series([plane.line(run) for run in runs if len(run) > 1], dots)
