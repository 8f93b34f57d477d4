"""Two at the same moment: of two proposals one wins, and two last answers put it in force once.

On PostgreSQL they really run side by side; SQLite lets them in one by one.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from agreements.commitments.models import Amendment, Commitment
from agreements.commitments.operations import amendment as operations
from agreements.commitments.operations import answer_amendment, propose_amendment
from agreements.history.queries import broken_links
from tests.together import at_once
from tests.world import TODAY, an_amendment

pytestmark = pytest.mark.django_db(transaction=True)


def proposals(world) -> list[Callable[[], Any]]:
    """Four people who propose something else for the same commitment."""
    cast = (world.coordinator, world.reporter, world.chair, world.director)

    def proposing(user, value: int) -> Callable[[], Any]:
        given = {"by": user, "on": TODAY, "version": 1, "reason": "Dit kan echt niet anders."}
        return lambda: propose_amendment(world.homes, changes={"target_value": Decimal(value)}, **given)

    return [proposing(user, 60 + number) for number, user in enumerate(cast)]


def test_of_proposals_at_once_one_wins_and_the_others_get_a_sentence(world):
    outcomes = at_once(*proposals(world))
    assert [type(outcome) for outcome in outcomes].count(Amendment) == 1
    sentences = [outcome.messages[0] for outcome in outcomes if isinstance(outcome, ValidationError)]
    assert len(sentences) == 3
    assert all(sentence.startswith("Er loopt al een wijzigingsvoorstel") for sentence in sentences)
    assert Amendment.objects.filter(state="open").count() == 1
    assert list(broken_links()) == []


def test_without_the_question_the_database_still_lets_one_through(world, monkeypatch):
    monkeypatch.setattr(operations, "_check_proposal", lambda current, version, changed: None)
    outcomes = at_once(*proposals(world))
    assert sum(isinstance(outcome, IntegrityError) for outcome in outcomes) == 3
    assert Amendment.objects.filter(state="open").count() == 1


def test_two_last_answers_at_once_put_it_in_force_once(world):
    amendment = an_amendment(world, target_value=Decimal(70))
    at_once(
        lambda: answer_amendment(amendment, by=world.coordinator, on=TODAY, outcome="accepted"),
        lambda: answer_amendment(amendment, by=world.colleague, on=TODAY, outcome="accepted"),
        lambda: answer_amendment(amendment, by=world.chair, on=TODAY, outcome="accepted"),
    )
    amendment.refresh_from_db()
    assert amendment.state == "in_force"
    now = Commitment.objects.with_everything().get(pk=world.homes.pk)
    assert (now.version, now.target.value, now.target.original) == (2, 70, 84)
    assert list(broken_links()) == []
