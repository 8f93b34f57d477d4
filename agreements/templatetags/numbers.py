"""Numbers, days and times as the Dutch write them: built into every template. Each docstring has an example."""

from datetime import date, datetime
from decimal import Decimal

from django import template

from agreements.web import formats
from agreements.web.dates import today

register = template.Library()


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
