"""Charts, each beside its figures in words: built into every template. Each docstring has an example."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agreements.commitments.models import Status
from agreements.web import charts
from agreements.web.burnup import burnup as lay_out
from agreements.web.moments import Moment

register = template.Library()


@register.simple_tag
def status_rows(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """For the legend and the table beside a bar: `{% status_rows counts as rows %}`, those that occur."""
    total = sum(counts.values())
    return [
        {"status": code, "count": counts[code], "share": round(counts[code] * 100 / total)}
        for code in Status
        if counts.get(code)
    ]


@register.inclusion_tag("charts/status_bar.html")
def status_bar(counts: Mapping[str, int], id: str, width: int = 0) -> dict[str, Any]:
    """Bar of {code: number}: `{% status_bar counts id="stand" %}`, drawn for wide and for narrow screens.

    With `width=700` it is drawn once, as a PDF needs it.
    """
    ordered = {code: counts.get(code, 0) for code in Status.values}
    if width:
        return {"id": id, "only": charts.status_bar(ordered, width=width)}
    wide, narrow = (
        charts.status_bar(ordered, width=1060, height=64, gap=4),
        charts.status_bar(ordered, width=360, height=56),
    )
    return {"id": id, "wide": wide, "narrow": narrow}


@register.inclusion_tag("charts/status_strip.svg")
def status_strip(counts: Mapping[str, int], id: str) -> dict[str, Any]:
    """A thin bar beside a list that has the figures: `{% status_strip theme.counts id=theme.code %}`."""
    ordered = {code: counts.get(code, 0) for code in Status.values}
    return {"id": id, "chart": charts.status_bar(ordered, width=100, height=12, gap=0)}


METER = (
    '<svg class="pa-meter" width="100%" height="10" aria-hidden="true" focusable="false">'
    '<rect class="c-track" width="100%" height="10" fill="#E4DFD2"/>'
    '<rect class="c-{}" width="{}%" height="10" fill="{}"/>{}</svg>'
)
METER_CAP = '<rect class="c-cap" x="{}%" width="3" height="10" transform="translate(-3)" fill="#1B2430"/>'


@register.simple_tag
def meter(value: Decimal | None, goal: Decimal, code: str) -> SafeString:
    """How far a value is, beside its text: `{% meter commitment.value target.value commitment.status %}`."""
    width = charts.percentage(value, goal)
    cap = format_html(METER_CAP, width) if width != "0" else ""
    return format_html(METER, code, width, charts.FILLS[code][0], cap)


@register.inclusion_tag("charts/bullet.html")
def bullet(
    value: Decimal,
    goal: Decimal,
    code: str,
    unit: str,
    id: str,
    expected: Decimal | None = None,
    width: int = 0,
) -> dict[str, Any]:
    """`{% bullet 52 84 "at_risk" unit="woningen" id="b02" expected=63 %}`; `width=700` draws it once."""
    drawn = {
        name: charts.bullet(value, goal, status=code, expected=expected, width=size)
        for name, size in ({"only": width} if width else {"wide": 700, "narrow": 350}).items()
    }
    return {"id": id, "status": code, "unit": unit, **drawn}


@register.inclusion_tag("charts/burnup.html")
def burnup(
    moments: Sequence[Moment],
    title: str,
    unit: str,
    id: str,
    goal: Decimal | None = None,
    direction: str = "at_least",
    width: int = 0,
) -> dict[str, Any]:
    """Lines of measured and planned figures (`moments`: list of web.moments.Moment), with legend and remarks:

    `{% burnup moments title="Opgeleverde woningen" unit="woningen" id="b02" goal=84 direction="at_least" %}`
    """
    sizes = {"only": (width, 300)} if width else {"wide": (680, 300), "narrow": (350, 290)}
    drawn = {
        name: lay_out(moments, goal=goal, direction=direction, width=wide, height=high)
        for name, (wide, high) in sizes.items()
    }
    facts = drawn.get("only") or drawn["wide"]
    words = {"id": id, "title": title, "unit": unit, "goal": goal, "direction": direction}
    return {**words, "facts": facts, **drawn}
