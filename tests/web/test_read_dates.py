"""DutchDateField: the ways in which people write a date."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from agreements.web.formats import dutch_date
from agreements.web.forms import DutchDateField

FIELD = DutchDateField()
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    "typed",
    [
        "31-12-2017",
        "31/12/2017",
        "2017-12-31",
        "31 december 2017",
        "31 DEC 2017",
        "31\N{NO-BREAK SPACE}dec. 2017",
    ],
)
def test_a_date_is_read_in_every_usual_way(typed: str) -> None:
    assert FIELD.clean(typed) == date(2017, 12, 31)


def test_march_is_short_in_two_ways() -> None:
    assert FIELD.clean("1 mrt 2018") == FIELD.clean("1 maa 2018") == date(2018, 3, 1)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31-12-17", "Vul een datum in, bijvoorbeeld 31-12-2017. U vulde ‘31-12-17’ in."),
        ("12/31-2017", "Vul een datum in, bijvoorbeeld 31-12-2017. U vulde ‘12/31-2017’ in."),
        ("31 foo 2017", "Vul een datum in, bijvoorbeeld 31-12-2017. U vulde ‘31 foo 2017’ in."),
        ("31-02-2017", "De datum ‘31-02-2017’ bestaat niet. Kijk de dag en de maand na."),
        ("12/31/2017", "De datum ‘12/31/2017’ bestaat niet. Kijk de dag en de maand na."),
        ("1-1-2107", "Vul een jaar van 2000 tot en met 2100 in. U vulde 2107 in."),
    ],
)
def test_a_date_that_cannot_be_is_answered_with_what_to_do(typed: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        FIELD.clean(typed)
    assert refused.value.messages == [sentence]


@given(st.text())
def test_any_text_gives_a_date_or_a_validation_error(text: str) -> None:
    try:
        value = DutchDateField(required=False).clean(text)
    except ValidationError:
        return
    assert value is None or isinstance(value, date)


@given(DAYS)
def test_what_the_portal_writes_it_reads_back(day: date) -> None:
    assert FIELD.clean(dutch_date(day)) == day
    assert FIELD.clean(FIELD.prepare_value(day)) == day
    assert FIELD.clean(day.isoformat()) == day
