"""DutchNumberField: what people type becomes a Decimal, or a sentence that says how to write it."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from agreements.web.formats import dutch_number
from agreements.web.forms import DutchNumberField

ANY_NUMBER = DutchNumberField(minimum=None, decimals=3)
UP_TO_FORTY = DutchNumberField(maximum=40, noun="aantal")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("31", "31"),
        ("  31 ", "31"),
        ("007", "7"),
        ("1.250", "1250"),
        ("1 250", "1250"),
        ("1\N{NO-BREAK SPACE}250", "1250"),
        ("12.418.000", "12418000"),
        ("12,5", "12.5"),
        ("1.250,5", "1250.5"),
        ("-3,25", "-3.25"),
        ("\N{MINUS SIGN}3", "-3"),
        ("0,125", "0.125"),
        ("-0", "0"),
    ],
)
def test_a_number_as_the_dutch_write_it_is_read(typed: str, meant: str) -> None:
    assert ANY_NUMBER.clean(typed) == Decimal(meant)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("abc", "Vul een getal in, bijvoorbeeld 31 of 12,5. U vulde ‘abc’ in."),
        ("12.5", "Schrijf een komma in plaats van een punt: ‘12,5’."),
        ("0.125", "Schrijf een komma in plaats van een punt: ‘0,125’."),
        ("1250.500", "Schrijf een komma in plaats van een punt: ‘1250,500’."),
        ("1,2345", "Gebruik hoogstens 3 cijfers achter de komma. U vulde ‘1,2345’ in."),
        ("1234567890123", "Vul een getal van hoogstens 12 cijfers in."),
        ("a\x00b", "Vul een getal in, bijvoorbeeld 31 of 12,5. U vulde ‘a b’ in."),
    ],
)
def test_what_cannot_be_read_is_answered_with_how_to_write_it(typed: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ANY_NUMBER.clean(typed)
    assert refused.value.messages == [sentence]


@pytest.mark.parametrize(
    "typed",
    ["1e3", "1E3", "inf", "nan", "0x1F", "1_000", "٣", "１２", "½", "1,2,3", "1.25.0", "1.2500", "1.250 500"]
    + [",5", "5,", "-", "- 5", "+5", "1,250.5", "12%", "€ 5", "1 2", "--5"],
)
def test_no_other_notation_slips_through(typed: str) -> None:
    with pytest.raises(ValidationError):
        ANY_NUMBER.clean(typed)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (UP_TO_FORTY, "48", "Vul een aantal van 0 tot en met 40 in. U vulde 48 in."),
        (UP_TO_FORTY, "-1", "Vul een aantal van 0 tot en met 40 in. U vulde -1 in."),
        (UP_TO_FORTY, "12,5", "Vul een heel getal in, zonder komma. U vulde ‘12,5’ in."),
        (UP_TO_FORTY, "12.5", "Vul een heel getal in, zonder komma. U vulde ‘12.5’ in."),
        (DutchNumberField(), "-2", "Vul een getal van 0 of hoger in. U vulde -2 in."),
        (DutchNumberField(minimum=None, maximum=9), "10", "Vul een getal van 9 of lager in. U vulde 10 in."),
        (
            DutchNumberField(decimals=1),
            "1,25",
            "Gebruik hoogstens 1 cijfer achter de komma. U vulde ‘1,25’ in.",
        ),
    ],
)
def test_a_number_outside_its_bounds_is_answered_with_the_bounds(
    field: DutchNumberField, typed: str, sentence: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    assert refused.value.messages == [sentence]


def test_an_empty_answer_is_none_when_the_number_may_be_left_out() -> None:
    assert DutchNumberField(required=False).clean("  ") is None


@given(st.text())
def test_any_text_gives_a_finite_decimal_or_a_validation_error(text: str) -> None:
    try:
        value = DutchNumberField(required=False, minimum=None, decimals=3).clean(text)
    except ValidationError:
        return
    assert value is None or (isinstance(value, Decimal) and value.is_finite())


NUMBERS = st.decimals(-(10**9), 10**9, places=3)


@given(NUMBERS)
def test_what_the_portal_writes_it_reads_back(number: Decimal) -> None:
    assert ANY_NUMBER.clean(dutch_number(number)) == number


@given(NUMBERS)
def test_a_stored_number_in_the_form_is_the_same_number_when_sent_back(number: Decimal) -> None:
    assert ANY_NUMBER.clean(ANY_NUMBER.prepare_value(number)) == number
