"""Whatever the numbers: the ledger adds up, a difference is always named, and nothing impossible is kept."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.stock.faults import differences, faults
from agreements.stock.models import MOST, MOVES, NUMBERS, Ledger, StockStatement
from agreements.stock.queries import Known
from tests.stock.statements import a_statement
from tests.world import TODAY

HOMES = st.integers(0, MOST)
LEDGERS = st.builds(Ledger, **{name: HOMES for name in NUMBERS})
UNKNOWN = Known(2016, [])
WHOLE = {"certainty": "hard", "as_of": date(2016, 12, 31), "origin": "Jaarverslag"}


@given(LEDGERS)
def test_begin_and_every_move_give_the_end_and_the_difference_is_what_is_left(ledger):
    came, went = ledger.built + ledger.bought, ledger.sold + ledger.liberalised + ledger.demolished
    assert ledger.begin + came - went == ledger.computed_end
    assert ledger.computed_end + ledger.difference == ledger.reported_end
    assert ledger.gap == abs(ledger.difference)


@given(st.lists(LEDGERS, min_size=1, max_size=8))
def test_a_sum_of_ledgers_adds_up_like_each_of_them(ledgers):
    total = sum(ledgers[1:], ledgers[0])
    assert total.computed_end == sum(ledger.computed_end for ledger in ledgers)
    assert total.reported_end == sum(ledger.reported_end for ledger in ledgers)
    assert total.difference == sum(ledger.difference for ledger in ledgers)


@given(LEDGERS)
def test_no_difference_passes_without_an_explanation(ledger):
    values = {**vars(ledger), **WHOLE}
    found = faults(values, UNKNOWN, on=TODAY)
    assert ("explanation" in found) == bool(differences(values, UNKNOWN)) == bool(ledger.gap)
    assert "explanation" not in faults({**values, "explanation": "Omdat."}, UNKNOWN, on=TODAY)


@given(LEDGERS)
def test_what_is_possible_never_ends_below_zero(ledger):
    if not faults({**vars(ledger), **WHOLE, "explanation": "Omdat."}, UNKNOWN, on=TODAY):
        assert ledger.computed_end >= 0
        assert all(getattr(ledger, name) <= ledger.begin for name, sign in MOVES.items() if sign < 0)


@pytest.mark.django_db
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(
    entered=st.lists(
        st.tuples(
            st.sampled_from([2015, 2016]),
            st.builds(Ledger, **{name: st.integers(0, 9) for name in NUMBERS}),
            st.sampled_from(["", "Omdat."]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_a_corporation_enters_what_is_kept_is_what_it_said(world, entered):
    """Also that no statement changes one that was there."""
    with transaction.atomic():
        kept: list[StockStatement] = []
        for year, ledger, explanation in entered:
            given = {**vars(ledger), "explanation": explanation, "reason": "Beter geteld."}
            try:
                kept.append(a_statement(world, year, **given))
            except ValidationError:
                continue
            assert kept[-1].ledger == ledger
        assert [s.ledger for s in StockStatement.objects.order_by("pk")] == [s.ledger for s in kept]
        for statement in kept:
            assert statement.explanation or not statement.ledger.gap
        transaction.set_rollback(True)
