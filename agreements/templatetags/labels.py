"""Icons, statuses and labels: built into every template. Each docstring has an example."""

from functools import cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from agreements.commitments.models import Status
from agreements.commitments.operations import LABELS
from agreements.commitments.versions import shown_value
from agreements.web import markup
from agreements.web.icons import ICONS, STATUS_SHAPES

register = template.Library()


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
