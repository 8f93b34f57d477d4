"""Numbers and days as the portal writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template

from agreements.web.formats import days_left, dutch_date, dutch_number, dutch_time


def render(text: str, **context: object) -> str:
    return Template(text).render(Context(context))


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (12418, None, "12.418"),
        (Decimal("4.500"), None, "4,5"),
        (Decimal("52.000"), None, "52"),
        (Decimal("1250.125"), None, "1.250,125"),
        (Decimal("-0.04"), 1, "0"),
        (Decimal("2.25"), 1, "2,3"),
        (Decimal("-1234567.8"), 0, "-1.234.568"),
        (Decimal("1E+3"), None, "1.000"),
        (100, 1, "100"),
    ],
)
def test_a_number_has_dots_for_thousands_and_a_comma(value: Decimal, decimals: int, written: str) -> None:
    assert dutch_number(value, decimals) == written


def test_a_day_stays_on_one_line_with_its_month() -> None:
    assert dutch_date(date(2017, 2, 16)) == "16\N{NO-BREAK SPACE}februari 2017"
    assert dutch_date(date(2017, 12, 1), weekday=True) == "vrijdag 1\N{NO-BREAK SPACE}december 2017"


def test_a_moment_is_written_in_the_time_of_amsterdam() -> None:
    late_in_winter = datetime(2017, 12, 31, 23, 5, tzinfo=UTC)
    assert dutch_date(late_in_winter) == "1\N{NO-BREAK SPACE}januari 2018"
    assert dutch_time(late_in_winter) == "0.05\N{NO-BREAK SPACE}uur"


@pytest.mark.parametrize(
    ("day", "words"),
    [(26, "Nog 11 dagen"), (16, "Nog 1 dag"), (15, "Vandaag"), (14, "1 dag te laat"), (8, "7 dagen te laat")],
)
def test_a_deadline_is_said_in_days(day: int, words: str) -> None:
    assert days_left(date(2017, 11, day), date(2017, 11, 15)) == words


def test_the_filters_write_nothing_for_nothing() -> None:
    filters = ["number", "percent", "euro", "datum", "datum_weekdag", "tijd", "relative_days"]
    assert render("".join(f"{{{{ nothing|{name} }}}}" for name in filters), nothing=None) == ""


def test_the_filters_write_percent_and_euro(settings) -> None:
    settings.TODAY = date(2017, 11, 15)
    text = "{{ share|percent }} {{ amount|euro }} {{ share|number:0 }} {{ day|relative_days }}"
    written = render(text, share=Decimal("91.5"), amount=1250, day=date(2017, 11, 16))
    assert written == "91,5% €\N{NO-BREAK SPACE}1.250 92 Nog 1 dag"
