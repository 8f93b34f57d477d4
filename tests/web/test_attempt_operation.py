"""`attempt`: what an operation refuses because of the answers ends up on the form, and nothing else does."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from agreements.access.refusals import Refused
from agreements.web.forms import DutchNumberField, PortalForm, attempt


class Form(PortalForm):
    value = DutchNumberField()


def valid_form() -> Form:
    form = Form({"value": "3"})
    assert form.is_valid()
    return form


def test_the_result_of_the_operation_comes_back() -> None:
    assert attempt(valid_form(), lambda value, by: (value, by), Decimal(3), by="x") == (Decimal(3), "x")


def test_a_refusal_by_field_is_put_on_that_field() -> None:
    def refuse() -> None:
        raise ValidationError({"value": "Dit is te hoog.", "round": "De ronde is gesloten."})

    form = valid_form()
    assert attempt(form, refuse) is None
    assert form.errors["value"] == ["Dit is te hoog."]
    assert form.non_field_errors() == ["De ronde is gesloten."]


def test_any_other_refusal_of_the_answers_is_put_on_top() -> None:
    def refuse() -> None:
        raise ValidationError(["Iemand anders was u voor.", "Kijk eerst."])

    form = valid_form()
    assert attempt(form, refuse) is None
    assert form.non_field_errors() == ["Iemand anders was u voor.", "Kijk eerst."]


@pytest.mark.parametrize("failure", [Refused("U bent geen ondertekenaar."), RuntimeError("broken")])
def test_what_the_visitor_cannot_mend_goes_on(failure: Exception) -> None:
    def fail() -> None:
        raise failure

    with pytest.raises(type(failure)):
        attempt(valid_form(), fail)
