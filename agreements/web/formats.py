"""How the portal writes numbers and days, the same in pages, mail and PDF."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

MONTHS = ["januari", "februari", "maart", "april", "mei", "juni"]
MONTHS += ["juli", "augustus", "september", "oktober", "november", "december"]
WEEKDAYS = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
HARD_SPACE = "\N{NO-BREAK SPACE}"


def dutch_number(value: Decimal | int, decimals: int | None = None) -> str:
    """12418 -> '12.418', Decimal('4.500') -> '4,5'.

    `decimals` rounds half up to at most that many. Zeros at the end are not written.
    """
    number = Decimal(value)
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{abs(number):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    sign = "-" if number < 0 and text.strip("0,.") else ""
    return sign + text.translate(str.maketrans(",.", ".,"))


def dutch_date(day: date, *, weekday: bool = False) -> str:
    """'16 februari 2017', or 'vrijdag 1 december 2017'; day and month stay together on one line."""
    day = _in_amsterdam(day) if isinstance(day, datetime) else day
    text = f"{day.day}{HARD_SPACE}{MONTHS[day.month - 1]} {day.year}"
    return f"{WEEKDAYS[day.weekday()]} {text}" if weekday else text


def dutch_time(moment: datetime) -> str:
    """'14.05 uur', in Amsterdam."""
    moment = _in_amsterdam(moment)
    return f"{moment.hour}.{moment.minute:02}{HARD_SPACE}uur"


def days_left(day: date, today: date) -> str:
    """'Nog 11 dagen', 'Vandaag' or '7 dagen te laat'."""
    left = (day - today).days
    if left == 0:
        return "Vandaag"
    days = counted(abs(left), "dag", "dagen")
    return f"Nog {days}" if left > 0 else f"{days} te laat"


def counted(number: int, one: str, more: str) -> str:
    """1 -> '1 afspraak', 12 -> '12 afspraken'."""
    return f"{number} {one if number == 1 else more}"


def _in_amsterdam(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def tried_by_itself(reason: str) -> str:
    """Why something failed, in Dutch, without the advice to try again: the worker does that. At most 300 characters."""
    return reason.replace(" Probeer het later opnieuw.", "")[:300]
