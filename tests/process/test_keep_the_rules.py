"""Whatever people do in whatever order: an adopted year has a decision for every item, and its text never changes."""

from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.access.refusals import Refused
from agreements.agenda.models import AgendaItem
from agreements.agenda.operations import add_agenda_item, decide_fate
from agreements.agenda.queries import undecided_in
from agreements.agreement.models import YearSlice
from agreements.agreement.operations import set_year_slice
from agreements.commitments.models import Commitment
from agreements.commitments.operations import draft_commitment, edit_commitment, withdraw_commitment
from agreements.process.operations import change_phase
from agreements.signing.queries import is_signing_closed
from tests.agenda.test_show_agenda import an_item
from tests.world import TODAY, World, a_closed_signing

YEARS = st.sampled_from([2018, 2019])
ITEMS = st.sampled_from(["A-01", "A-02", "A-03"])
FATES = st.sampled_from(["concretised", "postponed", "dropped"])
ACTIONS = st.one_of(
    st.tuples(st.just("step"), YEARS),
    st.tuples(st.just("close_signing"), YEARS),
    st.tuples(st.just("back"), YEARS),
    st.tuples(st.just("decide"), ITEMS, YEARS, FATES, st.sampled_from([2019, 2020])),
    st.tuples(st.just("add"), YEARS, st.sampled_from([None, 2020])),
    st.tuples(st.just("edit"), YEARS),
    st.tuples(st.just("withdraw"), YEARS),
)


class Person:
    """A coordinator who tries things; what is refused changes nothing."""

    def __init__(self, world: World):
        self.world, self.usual = world, {"by": world.coordinator, "on": TODAY}

    def step(self, year: int) -> None:
        found = YearSlice.objects.get(year=year)
        change_phase(found, found.next_phases[0], seen=found.phase, **self.usual)

    def close_signing(self, year: int) -> None:
        """The signing of a year that is in that phase comes to its end; without this no year is adopted."""
        found = YearSlice.objects.get(year=year, phase="signing")
        if not is_signing_closed(found):
            a_closed_signing(found, by=self.world.coordinator)

    def back(self, year: int) -> None:
        found = YearSlice.objects.get(year=year)
        change_phase(found, found.next_phases[-1], seen=found.phase, why="Nog niet goed.", **self.usual)

    def decide(self, code: str, year: int, kind: str, to_year: int) -> None:
        given: dict[str, Any] = {"reason": "Daarom.", "kind": kind}
        given |= {"to_year": to_year} if kind == "postponed" else {}
        given |= {"new_for": [self.world.heideveld]} if kind == "concretised" else {}
        decide_fate(AgendaItem.objects.get(code=code), year=year, **given, **self.usual)

    def add(self, year: int, until: int | None) -> None:
        fields = {"theme": self.world.homes.theme, "text": "Nog iets.", "provenance": "own"}
        code = f"A-{AgendaItem.objects.count() + 1:02}"
        add_agenda_item(self.world.agreement, code=code, year=year, until=until, **fields, **self.usual)

    def edit(self, year: int) -> None:
        for found in Commitment.objects.filter(year_slice__year=year):
            text = f"{found.text} Anders."
            edit_commitment(found, version=found.version, changes={"text": text}, **self.usual)

    def withdraw(self, year: int) -> None:
        for found in Commitment.objects.filter(year_slice__year=year)[:1]:
            withdraw_commitment(found, reason="Toch niet.", **self.usual)


def adopted_texts() -> dict[str, tuple[str, Any]]:
    adopted = Commitment.objects.filter(year_slice__phase__in=["adopted", "closed"])
    return {found.code: (found.text, found.withdrawn_on) for found in adopted}


def a_second_year(world: World) -> None:
    """2019 as a concept with a draft, and three items: of 2018, of 2019, and of all years."""
    concept = set_year_slice(world.agreement, 2019, by=None, on=TODAY, phase="concept")
    fields = {"theme": world.homes.theme, "lead": world.heideveld, "kind": "hard", "provenance": "own"}
    draft_commitment(concept, code="19-01", title="Bouwen", text="Bouwen.", by=None, on=TODAY, **fields)
    an_item(world, "A-01")
    an_item(world, "A-02", year=2019)
    an_item(world, "A-03", until=2020)


@pytest.mark.django_db
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(actions=st.lists(ACTIONS, min_size=4, max_size=16))
def test_no_sequence_of_actions_breaks_an_adopted_year(world, actions):
    with transaction.atomic():
        a_second_year(world)
        person = Person(world)
        for name, *arguments in actions:
            before = adopted_texts()
            with suppress(Refused, ValidationError, IndexError, YearSlice.DoesNotExist):
                getattr(person, name)(*arguments)
            after = adopted_texts()
            assert {code: after[code] for code in before} == before
            for found in YearSlice.objects.filter(phase__in=["adopted", "closed"]):
                assert undecided_in(found.year) == [], (name, arguments)
                assert found.year == 2017 or is_signing_closed(found), (name, arguments)
        transaction.set_rollback(True)


def test_the_road_to_adoption_is_found_by_these_actions(world):
    """The control: the actions above do reach an adopted year with decisions in it."""
    a_second_year(world)
    person = Person(world)
    person.decide("A-01", 2018, "postponed", 2019)
    person.decide("A-03", 2018, "concretised", 2020)
    for _ in range(2):
        person.step(2018)
    with pytest.raises(ValidationError, match="De ondertekening is gesloten"):
        person.step(2018)
    person.close_signing(2018)
    person.step(2018)
    assert YearSlice.objects.get(year=2018).is_adopted
    with pytest.raises(Refused):
        person.edit(2018)
    with pytest.raises(ValidationError, match="Jaarschijf 2018 is al vastgesteld"):
        person.add(2018, None)
