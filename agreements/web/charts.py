"""Geometry of the SVG charts. Python computes places, templates/charts/*.svg write the drawing and all words.

Every number that lands in an SVG attribute is a string: a Dutch template would print 1060 as 1.060. Colours
are presentation attributes in hexadecimal, because WeasyPrint applies no page style inside SVG; the classes
c-... recolour the same drawing for a dark screen and for forced colours. Figures that are shown stay Decimal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

# Fill of each status, and the colour of a figure on it. tokens.css has the same fills and their contrast.
FILLS = {
    "achieved": ("#0B4A8F", "#FFFFFF"),
    "on_track": ("#2C7A4B", "#FFFFFF"),
    "at_risk": ("#C48500", "#1B2430"),
    "behind": ("#B3261E", "#FFFFFF"),
    "not_started": ("#8A93A0", "#1B2430"),
    "no_data": ("#69727F", "#1B2430"),  # the colour of the hatching
    "missed": ("#4A0F1E", "#FFFFFF"),
    "dropped": ("#C9CED6", "#1B2430"),
}


def px(length: float) -> str:
    """A length as SVG wants it: at most one decimal, no comma."""
    return f"{length:.1f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Segment:
    """One status in a status bar. Edges are drawn on the inner box, the number stands on the plate."""

    status: str
    count: int
    x: str
    width: str
    inner_x: str
    inner_width: str
    middle: str
    plate_x: str
    plate_width: str
    fill: str
    ink: str
    shows_count: bool


@dataclass(frozen=True)
class StatusBar:
    width: str
    height: str
    inner_height: str
    baseline: str
    total: int
    segments: list[Segment]

    @property
    def has_hatch(self) -> bool:
        """Whether the pattern for no_data is needed."""
        return any(segment.status == "no_data" for segment in self.segments)


def status_bar(counts: Mapping[str, int], *, width: int = 720, height: int = 44, gap: int = 3) -> StatusBar:
    """Divide `width` over statuses ({code: number}, drawn in that order); the smallest stay visible."""
    present = {status: count for status, count in counts.items() if count}
    shares = _shares(list(present.values()), width - gap * max(len(present) - 1, 0), least=width / 90)
    segments, x = [], 0.0
    for (status, count), share in zip(present.items(), shares, strict=True):
        segments.append(_segment(status, count, x, share, has_room=height >= 24))
        x += share + gap
    return StatusBar(
        str(width), str(height), str(height - 2), px(height / 2 + 6.5), sum(present.values()), segments
    )


def _segment(status: str, count: int, x: float, share: float, *, has_room: bool) -> Segment:
    fill, ink = FILLS[status]
    middle, plate = x + share / 2, 11 * len(str(count)) + 8
    return Segment(
        status=status,
        count=count,
        x=px(x),
        width=px(share),
        inner_x=px(x + 1),
        inner_width=px(max(share - 2, 0)),
        middle=px(middle),
        plate_x=px(middle - plate / 2),
        plate_width=px(plate),
        fill=fill,
        ink=ink,
        shows_count=has_room and share > plate,
    )


def _shares(counts: Sequence[int], room: float, *, least: float) -> list[float]:
    """`room` in proportion to `counts`; who would get less than `least` gets that, others share the rest."""
    total = sum(counts)
    small = [count for count in counts if count * room < least * total]
    rest = room - least * len(small)
    return [least if count in small else count * rest / (total - sum(small)) for count in counts]


def percentage(value: Decimal | None, goal: Decimal) -> str:
    """Width of a meter: how far `value` is on the way to `goal`, from 0 to 100."""
    if value is None:
        return "0"
    if not goal:
        return "100" if value >= goal else "0"
    return px(float(min(max(value / goal, Decimal(0)), Decimal(1)) * 100))


@dataclass(frozen=True)
class Bullet:
    width: str
    value: Decimal
    goal: Decimal
    expected: Decimal | None
    fill: str
    bar: str
    goal_x: str
    goal_anchor: str
    expected_x: str
    expected_anchor: str


def bullet(
    value: Decimal, goal: Decimal, *, status: str, expected: Decimal | None = None, width: int = 700
) -> Bullet:
    """A value against its goal and against what was planned for now; values below zero draw no bar."""
    top = max(value, goal, expected or 0, Decimal(0)) * Decimal("1.08") or Decimal(1)

    def x(figure: Decimal) -> float:
        return max(float(figure / top), 0.0) * width

    def anchor(place: float) -> str:
        return "end" if place > 130 else "start"

    planned = x(expected or Decimal(0))
    return Bullet(
        width=str(width),
        value=value,
        goal=goal,
        expected=expected,
        fill=FILLS[status][0],
        bar=px(x(value)),
        goal_x=px(x(goal)),
        goal_anchor=anchor(x(goal)),
        expected_x=px(planned),
        expected_anchor=anchor(planned),
    )
