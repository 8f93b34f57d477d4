"""Template tags and filters of the portal, built into every template. Each docstring has an example."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from agreements.commitments.models import Status
from agreements.commitments.operations import LABELS
from agreements.commitments.versions import shown_value
from agreements.parties.models import Party
from agreements.parties.queries import standing_of
from agreements.web import charts, fields, formats, markup
from agreements.web.burnup import Moment
from agreements.web.burnup import burnup as lay_out
from agreements.web.dates import today
from agreements.web.icons import ICONS, STATUS_SHAPES

register = template.Library()


# -- drawings and labels


@register.simple_tag
@cache
def icon(name: str, size: int = 20, extra_class: str = "") -> SafeString:
    """A line drawing beside a text: `{% icon "download" 18 %}`. Never the only thing in a link or button."""
    return format_html(
        '<svg class="pa-icon {}" width="{}" height="{}" viewBox="0 0 24 24" fill="none" '
        'stroke="currentColor" stroke-width="1.9" stroke-linecap="square" stroke-linejoin="miter" '
        'aria-hidden="true" focusable="false">{}</svg>',
        extra_class,
        str(size),
        str(size),
        mark_safe(ICONS[name]),
    )


@register.simple_tag
@cache
def status_icon(code: str, size: int = 20) -> SafeString:
    """The silhouette of a status, for beside its label: `{% status_icon "behind" 18 %}`."""
    return format_html(
        '<svg class="pa-status__icon" width="{}" height="{}" viewBox="0 0 20 20" aria-hidden="true" '
        'focusable="false">{}</svg>',
        str(size),
        str(size),
        mark_safe(STATUS_SHAPES[code]),
    )


@register.simple_tag
@cache
def status(code: str, size: int = 18) -> SafeString:
    """The badge with silhouette and label: `{% status commitment.status %}`."""
    return format_html(
        '<span class="nl-data-badge pa-status pa-status--{}">{}<span>{}</span></span>',
        Status(code).value,
        status_icon(code, size),
        Status(code).label,
    )


@register.filter
def status_label(code: str) -> str:
    """'behind' -> 'Loopt achter'."""
    return Status(code).label


@register.filter
def status_meaning(code: str) -> str:
    """'behind' -> 'De afspraak wordt zo niet gehaald.'"""
    return Status(code).meaning


@register.filter
def field_label(name: str) -> str:
    """'target_value' -> 'doel', for the history of a commitment."""
    return LABELS.get(name, name)


@register.filter
def field_value(value: str | None, name: str) -> str:
    """'2018-12-31' -> '31 december 2018' for the field `deadline`; a value of the history as people read it."""
    return shown_value(name, {name: value})


register.filter(markup.formatted)  # the literal text of a commitment as HTML: {{ commitment.text|formatted }}


@register.simple_tag
def statuses() -> list[Status]:
    """All statuses in their fixed order: `{% statuses as all %}`."""
    return list(Status)


EXAMPLE = mark_safe('<span class="pa-label pa-label--voorbeeld">voorbeeld</span>')


@register.simple_tag
def example_label(subject: Any) -> str:
    """The label "voorbeeld" when the row is example data (rule 11): `{% example_label party %}`."""
    provenance = subject.get("provenance") if isinstance(subject, dict) else subject.provenance
    return EXAMPLE if provenance == "example" else ""


# -- numbers and days


@register.filter
def number(value: Decimal | int | None, decimals: int | None = None) -> str:
    """12418 -> '12.418', 4.50 -> '4,5'; `|number:1` rounds to at most one decimal. Nothing for None."""
    return "" if value is None else formats.dutch_number(value, decimals)


@register.filter
def percent(value: Decimal | int | None, decimals: int | None = None) -> str:
    """91 -> '91%'; the value is already a percentage."""
    return "" if value is None else f"{formats.dutch_number(value, decimals)}%"


@register.filter
def euro(value: Decimal | int | None) -> str:
    """1250 -> '€ 1.250' with a hard space."""
    return "" if value is None else f"€{formats.HARD_SPACE}{formats.dutch_number(value, 2)}"


@register.filter
def datum(day: date | None) -> str:
    """'16 februari 2017'."""
    return "" if day is None else formats.dutch_date(day)


@register.filter
def datum_weekdag(day: date | None) -> str:
    """'vrijdag 1 december 2017', for deadlines."""
    return "" if day is None else formats.dutch_date(day, weekday=True)


@register.filter
def tijd(moment: datetime | None) -> str:
    """'14.05 uur'."""
    return "" if moment is None else formats.dutch_time(moment)


@register.filter
def relative_days(day: date | None) -> str:
    """'Nog 11 dagen', 'Vandaag' or '7 dagen te laat', counted from the portal's calendar day."""
    return "" if day is None else formats.days_left(day, today())


# -- charts


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
    """Lines of measured and planned figures (`moments`: list of web.burnup.Moment), with legend and remarks:

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


# -- forms and lists


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField, suffix: str = "") -> dict[str, Any]:
    """Label, hint, error and control of one field: `{% field form.value suffix="van de 84 woningen" %}`."""
    return fields.parts_of(bound, suffix)


@register.inclusion_tag("parts/error_summary.html")
def error_summary(form: BaseForm, sentence: str = "Er is nog niets opgeslagen.") -> dict[str, Any]:
    """What to mend, with links to the fields; nothing when the form is right: `{% error_summary form %}`."""
    return {
        "errors": fields.errors_of(form),
        "wrong_fields": len(set(form.errors) - {"__all__"}),
        "sentence": sentence,
    }


@register.inclusion_tag("parts/paginate.html", takes_context=True)
def paginate(context: template.Context, page: Any) -> dict[str, Any]:
    """Links to other pages (`?pagina=2`) that keep the rest of the address: `{% paginate page_obj %}`."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"request": context["request"], "page_obj": page, "numbers": list(numbers)}


# -- who is here


@register.simple_tag
def own_parties(user: Any) -> list[Party]:
    """The parties for which this person acts: `{% own_parties user as parties %}`."""
    memberships = standing_of(user).memberships
    return list({membership.party_id: membership.party for membership in memberships}.values())


@register.inclusion_tag("parts/task_counter.html", takes_context=True)
def task_counter(context: template.Context, oob: bool = False) -> dict[str, Any]:
    """Number of open tasks: `{% task_counter %}`; in an htmx answer `{% task_counter oob=True %}`."""
    from agreements.workspace.queries import remembered_count  # a window; it may itself render these tags

    return {"count": remembered_count(context["user"]), "oob": oob}


@register.inclusion_tag("parts/message_counter.html", takes_context=True)
def message_counter(context: template.Context, oob: bool = False) -> dict[str, Any]:
    """Number of unread messages: `{% message_counter %}`; in an htmx answer `{% message_counter oob=True %}`."""
    from agreements.notifications.queries import count_unread  # a window, as above

    return {"count": count_unread(context["user"]), "oob": oob}
