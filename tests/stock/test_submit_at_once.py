"""Two colleagues state the same year at the same moment: one is first, the other reads so, and no version is lost.

On PostgreSQL the writers really run side by side; SQLite lets them in one by one.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from agreements.history.models import Event
from agreements.history.queries import broken_links
from agreements.stock.models import StockStatement
from agreements.stock.operations import submit_statement
from tests.stock.statements import values
from tests.world import TODAY, World

WRITERS = 6

pytestmark = pytest.mark.django_db(transaction=True)


def state_at_once(world: World, *, seen: int | None, keys: list[UUID]) -> list[str]:
    """Every writer sends its own form; "kept" or the code of the refusal, for each."""
    start = Barrier(len(keys))

    def write(place: int) -> str:
        given = {"key": keys[place], "seen": seen, "year": 2016}
        numbers = values(sold=place if len(set(keys)) > 1 else 38, reason="Beter geteld.")
        start.wait(30)
        try:
            submit_statement(world.heideveld, by=world.reporter, on=TODAY, values=numbers, **given)
            return "kept"
        except ValidationError as refusal:
            return refusal.error_list[0].code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(keys)) as pool:
        return list(pool.map(write, range(len(keys))))


def test_of_all_who_saw_the_same_one_is_first(world):
    outcomes = state_at_once(world, seen=0, keys=[uuid4() for _ in range(WRITERS)])
    assert sorted(outcomes) == [*["conflict"] * (WRITERS - 1), "kept"]
    assert StockStatement.objects.count() == Event.objects.filter(verb="stock.submitted").count() == 1


def test_the_same_form_sent_many_times_gives_one_statement(world):
    assert state_at_once(world, seen=0, keys=[uuid4()] * WRITERS) == ["kept"] * WRITERS
    assert StockStatement.objects.count() == 1


def test_without_the_question_who_was_first_each_still_gets_a_version_of_its_own(world):
    """The control: the writers do run into each other, and the lock alone keeps the numbers apart."""
    outcomes = state_at_once(world, seen=None, keys=[uuid4() for _ in range(WRITERS)])
    assert outcomes == ["kept"] * WRITERS
    numbers = StockStatement.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, WRITERS + 1))
    assert list(broken_links()) == []
