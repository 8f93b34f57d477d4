"""Value against plan, target and date; and claims that the figures do not support."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.commitments.models import Indicator, PlannedValue, Target
from agreements.progress.schedule import Schedule, contradiction, judge

PEILDATUM, DEADLINE = date(2017, 9, 30), date(2017, 12, 31)


def a_target(direction="at_least", goal=84, plan=None, kind="number", counting="cumulative") -> Target:
    """A target with its plan read before, without a database."""
    indicator = Indicator(unit="woningen", value_kind=kind, counting=counting)
    target = Target(pk=1, indicator=indicator, direction=direction, value=Decimal(goal))
    steps = [] if plan is None else [PlannedValue(on=date(2017, 1, 1), value=Decimal(plan))]
    target._prefetched_objects_cache = {"plan": steps}
    return target


def schedule(target, value, *, on=PEILDATUM, deadline: date | None = DEADLINE) -> str:
    return judge(target, Decimal(str(value)), on=on, deadline=deadline).schedule.value


@pytest.mark.parametrize(
    ("direction", "goal", "plan", "value", "expected"),
    [
        ("at_least", 84, 63, 52, "behind"),
        ("at_least", 84, 63, 63, "on"),
        ("at_least", 84, 63, 60, "on"),  # within five percent
        ("at_least", 84, 63, 59, "behind"),
        ("at_least", 84, 63, 70, "ahead"),
        ("at_least", 84, None, 52, "none"),  # no plan: none is invented
        ("at_least", 84, None, 84, "ahead"),
        ("at_most", 40, 30, 26, "ahead"),  # fewer homes sold than planned is good
        ("at_most", 40, 30, 35, "behind"),
        ("at_most", 40, 30, 41, "behind"),
        ("at_most", 40, None, 26, "on"),
        ("at_most", 40, None, 41, "behind"),
        ("exactly", 0, None, 0, "on"),
        ("exactly", 0, None, 1, "behind"),
        ("exactly", 10, None, 4, "none"),
    ],
)
def test_value_against_plan_and_target(direction, goal, plan, value, expected):
    assert schedule(a_target(direction, goal, plan), value) == expected


def test_after_the_deadline_only_the_target_counts():
    assert schedule(a_target(plan=63), 70, on=DEADLINE) == "behind"
    assert schedule(a_target(plan=63), 84, on=DEADLINE) == "ahead"
    assert schedule(a_target(), 52, deadline=None) == "none"


def test_a_share_holds_all_year_long():
    share = a_target(goal=95, kind="percentage", counting="at_date")
    assert [schedule(share, value) for value in (94, 95, 97)] == ["behind", "on", "on"]
    planned = a_target(goal=95, plan=95, kind="percentage", counting="period")
    assert [schedule(planned, value) for value in (91, 95)] == ["behind", "on"], "four percent short is short"


def test_yes_or_no():
    done = a_target("yes_no", 1, kind="yes_no", counting="at_date")
    assert [schedule(done, value) for value in (0, 1)] == ["none", "ahead"]
    assert schedule(done, 0, on=DEADLINE) == "behind"


@pytest.mark.parametrize(
    ("status", "target", "value", "sentence"),
    [
        ("on_track", a_target(plan=63), 52, "U kiest ‘Op koers’, maar volgens de planning moest het 63 woningen zijn op 30\xa0september 2017. Het cijfer is: 52 woningen."),
        ("on_track", a_target(plan=63), 63, ""),
        ("on_track", a_target(), 10, ""),
        ("behind", a_target(plan=63), 80, ""),  # who expects less than the figures knows more
        ("missed", a_target(), 84, "U kiest ‘Niet gehaald’, maar het doel is minstens 84 woningen. Het cijfer is: 84 woningen."),
        ("not_started", a_target(), 12, "U kiest ‘Niet gestart’, maar er is al iets gedaan. Het cijfer is: 12 woningen."),
        ("not_started", a_target(), 0, ""),
        ("not_started", a_target("at_most", 40), 12, ""),
    ],
)  # fmt: skip
def test_a_claim_the_figures_do_not_support(status, target, value, sentence):
    assert contradiction(status, target, Decimal(value), on=PEILDATUM, deadline=DEADLINE) == sentence


def test_without_a_target_or_a_figure_there_is_nothing_to_say():
    assert judge(None, Decimal(1), on=PEILDATUM, deadline=None).schedule == Schedule.NONE
    assert judge(a_target(), None, on=PEILDATUM, deadline=None).schedule == Schedule.NONE
    assert contradiction("on_track", None, None, on=PEILDATUM, deadline=None) == ""


amounts = st.decimals(min_value=0, max_value=1000, places=1)


@given(value=amounts, more=amounts, goal=amounts, plan=st.none() | amounts)
def test_more_is_never_worse_for_what_must_grow(value, more, goal, plan):
    order = ["behind", "none", "on", "ahead"]
    target = a_target(goal=goal, plan=plan)
    assert order.index(schedule(target, value)) <= order.index(schedule(target, value + more))


@given(value=amounts, more=amounts, goal=amounts, plan=st.none() | amounts)
def test_more_is_never_better_for_what_must_stay_below(value, more, goal, plan):
    order = ["behind", "on", "ahead"]
    target = a_target("at_most", goal, plan)
    assert order.index(schedule(target, value + more)) <= order.index(schedule(target, value))
