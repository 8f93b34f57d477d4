"""Geometry of the burn-up chart: measured figures over time, beside the plan and the goal."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import ceil

from agreements.web.charts import px
from agreements.web.formats import dutch_number
from agreements.web.moments import Moment

LETTER = 8.2  # average width in px of a letter of Source Sans 3 at 16 px
Run = list[tuple[int, Decimal]]  # unbroken figures with their place on the time axis


@dataclass(frozen=True)
class Tick:
    at: str
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Dot:
    x: str
    y: str
    dy: str
    anchor: str
    value: Decimal
    has_label: bool


@dataclass(frozen=True)
class Difference:
    """Plan against figure at the last reported moment. `is_worse` depends on the direction of the target."""

    amount: Decimal
    is_less: bool
    is_worse: bool
    x: str
    y: str
    plan_y: str
    text_x: str
    text_y: str
    anchor: str


@dataclass(frozen=True)
class Plane:
    """Turns (place on the time axis, figure) into SVG coordinates."""

    left: float
    right: float
    top: float
    bottom: float
    moments: int
    low: Decimal
    high: Decimal

    def x(self, index: int) -> float:
        return self.left + (self.right - self.left) * (
            index / (self.moments - 1) if self.moments > 1 else 0.5
        )

    def y(self, figure: Decimal) -> float:
        return self.bottom - (self.bottom - self.top) * float((figure - self.low) / (self.high - self.low))

    def line(self, run: Run) -> str:
        """SVG points of one unbroken line."""
        return " ".join(f"{px(self.x(index))},{px(self.y(figure))}" for index, figure in run)

    def area(self, run: Run) -> str:
        """SVG points of the surface under that line."""
        first, last, bottom = px(self.x(run[0][0])), px(self.x(run[-1][0])), px(self.bottom)
        return f"{first},{bottom} {self.line(run)} {last},{bottom}"


@dataclass(frozen=True)
class BurnUp:
    """All places of the drawing. `lines`, `areas` and `plans` are SVG point lists, one per unbroken run."""

    width: str
    height: str
    left: str
    right: str
    is_wide: bool
    starts_at: Decimal
    grid: list[Tick]
    ticks: list[Tick]
    lines: list[str]
    areas: list[str]
    plans: list[str]
    dots: list[Dot]
    goal_y: str
    last: Moment | None
    difference: Difference | None
    unreported: list[str]
    definitions: int


def burnup(
    moments: Sequence[Moment],
    *,
    goal: Decimal | None = None,
    direction: str = "at_least",
    width: int = 680,
    height: int = 300,
) -> BurnUp:
    """Lay out `moments` in a drawing of `width` x `height` px. `direction` as in Target.direction."""
    figures = [
        figure for moment in moments for figure in (moment.value, moment.plan, goal) if figure is not None
    ]
    steps = axis(figures or [Decimal(0)])
    is_wide = width > 500
    plane = _plane(moments, steps, goal, width, height, is_wide)
    measured = _runs([moment.value for moment in moments], [moment.definition for moment in moments])
    planned = _runs([moment.plan for moment in moments], [""] * len(moments))
    lines = [run for run in measured if len(run) > 1]
    last = measured[-1][-1][0] if measured else None
    return BurnUp(
        width=str(width),
        height=str(height),
        left=px(plane.left),
        right=px(plane.right),
        is_wide=is_wide,
        starts_at=steps[0],
        grid=[Tick(px(plane.y(step)), dutch_number(step)) for step in steps],
        ticks=_time(moments, plane, is_wide),
        lines=[plane.line(run) for run in lines],
        areas=[plane.area(run) for run in lines] if steps[0] == 0 else [],
        plans=[plane.line(run) for run in planned if len(run) > 1],
        dots=_dots(measured, plane, goal, crowded=len(moments) > (8 if is_wide else 5)),
        goal_y=px(plane.y(goal)) if goal is not None else "",
        last=moments[last] if last is not None else None,
        difference=_difference(last, moments[last], plane, direction, width) if last is not None else None,
        unreported=[m.label for m in moments[measured[0][0][0] : last] if m.value is None]
        if measured
        else [],
        definitions=len({moment.definition for moment in moments if moment.value is not None}),
    )


def _plane(
    moments: Sequence[Moment],
    steps: list[Decimal],
    goal: Decimal | None,
    width: int,
    height: int,
    is_wide: bool,
) -> Plane:
    """Room on the left for the figures of the axis, and in a wide drawing on the right for the goal."""
    left = 16 + LETTER * max(len(dutch_number(step)) for step in steps)
    right = width - (24 + LETTER * len(f"Hoogstens {dutch_number(goal or 0)}") if is_wide else 16)
    return Plane(left, right, 30, height - 40, len(moments), steps[0], steps[-1])


def axis(figures: Sequence[Decimal]) -> list[Decimal]:
    """About five round steps around the figures: from zero, unless they lie close together far above it."""
    low, high = min(figures), max(figures)
    if low == high or not 0 < high - low < high / 4:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    step = _round_up((high - low) / 5) if high > low else Decimal(1)
    if all(figure % 1 == 0 for figure in figures):
        step = max(step, Decimal(1))
    first = int((low / step).to_integral_value(ROUND_FLOOR))
    last = int((high / step).to_integral_value(ROUND_CEILING))
    return [step * place for place in range(first, max(last, first + 1) + 1)]


def _round_up(length: Decimal) -> Decimal:
    """The first of 1, 2, 5, 10, 20, 50 ... (or 0.5, 0.2 ...) that is not smaller."""
    unit = Decimal(1).scaleb(length.adjusted())
    return next(unit * times for times in (1, 2, 5, 10) if unit * times >= length)


def _runs(figures: Sequence[Decimal | None], definitions: Sequence[str]) -> list[Run]:
    """Split into unbroken runs: a missing figure or another definition starts a new one."""
    runs: list[Run] = []
    before = None
    for index, (figure, definition) in enumerate(zip(figures, definitions, strict=True)):
        if figure is not None:
            if before != (index - 1, definition):
                runs.append([])
            runs[-1].append((index, figure))
            before = (index, definition)
    return runs


def _time(moments: Sequence[Moment], plane: Plane, is_wide: bool) -> list[Tick]:
    """As many labels as fit, counted back from the newest."""
    labels = [moment.label if is_wide else moment.short or moment.label for moment in moments]
    widest = max((len(label) for label in labels), default=0) * LETTER + 8
    every = ceil(len(labels) * widest / (plane.right - plane.left + widest)) or 1
    newest = len(labels) - 1
    anchors = {0: "start", newest: "middle" if is_wide else "end"} if newest else {}
    return [
        Tick(px(plane.x(index)), label, anchors.get(index, "middle"))
        for index, label in enumerate(labels)
        if (newest - index) % every == 0
    ]


def _dots(runs: list[Run], plane: Plane, goal: Decimal | None, *, crowded: bool) -> list[Dot]:
    """A dot per figure, its number below or, near the axis or the goal, above; in a crowd only the newest."""
    places = [place for run in runs for place in run]
    lines = [plane.bottom] + ([plane.y(goal)] if goal is not None else [])
    anchors = {0: "start", plane.moments - 1: "end"} if plane.moments > 1 else {}
    return [
        Dot(
            x=px(plane.x(index)),
            y=px(plane.y(figure)),
            dy="-14" if any(0 <= line - plane.y(figure) < 32 for line in lines) else "28",
            anchor=anchors.get(index, "middle"),
            value=figure,
            has_label=(index, figure) == places[-1] or not (crowded or (index == 0 and figure == plane.low)),
        )
        for index, figure in places
    ]


def _difference(index: int, moment: Moment, plane: Plane, direction: str, width: int) -> Difference | None:
    """How far the last figure is from its plan, with room for the words beside it."""
    if moment.value is None or moment.plan is None:
        return None
    amount = moment.value - moment.plan
    worse = {"at_least": amount < 0, "at_most": amount > 0}.get(direction, amount != 0)
    x, y, plan_y = plane.x(index), plane.y(moment.value), plane.y(moment.plan)
    fits = x + 16 + LETTER * len(f"{dutch_number(abs(amount))} minder dan gepland") < width
    text_x, anchor = (x + 12, "start") if fits else (x - 12, "end")
    return Difference(
        amount=abs(amount),
        is_less=amount < 0,
        is_worse=worse,
        x=px(x),
        y=px(y),
        plan_y=px(plan_y),
        text_x=px(text_x),
        text_y=px((y + plan_y) / 2 + 5),
        anchor=anchor,
    )
