"""Several at the same moment: a proposal or comment is answered once, and nobody decides on a text that changes.

On PostgreSQL they really run side by side; SQLite lets them in one by one.
"""

from collections.abc import Callable
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from agreements.commitments.models import Commitment
from agreements.history.models import Event
from agreements.history.queries import broken_links
from agreements.process.models import Comment, Proposal
from agreements.process.operations import (
    answer_comment,
    change_phase,
    decline_proposal,
    edit_proposal,
    merge_proposal,
    take_up_proposal,
    withdraw_proposal,
)
from agreements.process.operations import proposal as operations
from tests.process.heard import a_comment, a_proposal, put
from tests.together import at_once
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db(transaction=True)
DECISIONS = ("taken_up", "merged", "declined", "withdrawn")


def decisions(world: World, made: Proposal) -> list[Callable[[], Any]]:
    """Two coordinators and the party itself, each with another decision on what they all read."""
    one, two = {"by": world.coordinator, "on": TODAY}, {"by": world.colleague, "on": TODAY}
    return [
        lambda: take_up_proposal(made, version=1, **one),
        lambda: decline_proposal(made, version=1, reason="Er is geen grond.", **two),
        lambda: merge_proposal(made, version=1, commitment=world.draft, **two),
        lambda: withdraw_proposal(made, by=world.reporter, on=TODAY),
    ]


def decided() -> list[Event]:
    verbs = [f"process.proposal_{verb}" for verb in DECISIONS]
    return list(Event.objects.filter(verb__in=verbs))


@pytest.mark.parametrize("turn", range(3))
def test_of_all_who_decide_at_once_one_wins_and_the_others_read_what_it_became(world, turn):
    made = a_proposal(world)
    outcomes = at_once(*decisions(world, made))
    won = [outcome for outcome in outcomes if isinstance(outcome, Proposal)]
    assert len(won) == len(decided()) == 1
    lost = [str(getattr(o, "reason", None) or o.messages[0]) for o in outcomes if not isinstance(o, Proposal)]
    assert all(sentence.startswith("Over dit voorstel is al besloten: ") for sentence in lost)
    now = Proposal.objects.get()
    assert (now.state, now.version) == (won[0].state, 2)
    drafts = Commitment.objects.filter(year_slice__year=2018).count()
    assert drafts == (2 if now.state == "taken_up" else 1)
    assert list(broken_links()) == []


def test_without_holding_the_year_more_than_one_decides_on_postgresql(world, monkeypatch):
    """The control: this setup does show it. On SQLite writers always wait for each other."""
    monkeypatch.setattr(operations, "hold_phase", lambda year_slice: year_slice)
    barrier = Barrier(3, timeout=5)

    def wait_here(current: Proposal, version: int) -> None:
        if connection.vendor == "postgresql":
            barrier.wait()
        check(current, version)

    check = operations._check_version
    monkeypatch.setattr(operations, "_check_version", wait_here)
    at_once(*decisions(world, a_proposal(world))[:3])
    assert (len(decided()) > 1) == (connection.vendor == "postgresql")


@pytest.mark.parametrize("turn", range(4))
def test_an_edit_and_a_decision_at_once_leave_one_truth(world, turn):
    """Either the draft has the new text's predecessor and the edit is refused, or the decision is."""
    made = a_proposal(world)
    change = {"text": "Een nieuwe tekst."}
    edit, take_up = at_once(
        lambda: edit_proposal(made, by=world.reporter, on=TODAY, version=1, changes=change),
        lambda: take_up_proposal(made, by=world.coordinator, on=TODAY, version=1),
    )
    assert isinstance(edit, Proposal) != isinstance(take_up, Proposal)
    now = Proposal.objects.select_related("commitment").get()
    if isinstance(edit, Proposal):
        assert (now.state, now.text) == ("open", "Een nieuwe tekst.")
        assert take_up.messages[0].startswith("Dit voorstel is intussen aangepast.")
    else:
        assert now.commitment.text == now.text != "Een nieuwe tekst."
        assert edit.messages[0] == "Over dit voorstel is al besloten: overgenomen."


def test_two_colleagues_who_edit_at_once_lose_nothing_unseen(world):
    made = a_proposal(world)
    outcomes = at_once(
        *(
            lambda user=user, text=text: edit_proposal(
                made, by=user, on=TODAY, version=1, changes={"text": text}
            )
            for user, text in ((world.reporter, "Van de een."), (world.director, "Van de ander."))
        )
    )
    won = next(outcome for outcome in outcomes if isinstance(outcome, Proposal))
    assert sum(isinstance(outcome, ValidationError) for outcome in outcomes) == 1
    assert Proposal.objects.get().text == won.text


def test_a_form_that_is_sent_twice_at_once_makes_one_and_numbers_stay_unique(world):
    key = uuid4()
    again = [lambda: a_proposal(world, key=key)] * 3
    at_once(*again, *[lambda: a_proposal(world)] * 3)
    assert sorted(Proposal.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert Proposal.objects.filter(key=key).count() == 1


def test_a_comment_is_answered_once(world):
    put(world, "consultation")
    made = a_comment(world)
    outcomes = at_once(
        lambda: answer_comment(made, by=world.coordinator, on=TODAY, outcome="taken_up"),
        lambda: answer_comment(made, by=world.colleague, on=TODAY, outcome="declined", reason="Nee."),
    )
    won = next(outcome for outcome in outcomes if isinstance(outcome, Comment))
    assert sum(isinstance(outcome, ValidationError) for outcome in outcomes) == 1
    assert Comment.objects.get().state == won.state
    assert Event.objects.filter(verb="process.comment_answered").count() == 1


def test_no_proposal_slips_in_while_the_concept_becomes_public(world):
    """Whoever comes first: a proposal is in time and stops the step, or the step is taken and it is refused."""
    year_slice = world.draft.year_slice
    made, step = at_once(
        lambda: a_proposal(world),
        lambda: change_phase(year_slice, "consultation", seen="concept", by=world.coordinator, on=TODAY),
    )
    assert isinstance(made, Proposal) != (not isinstance(step, ValidationError))
    assert Proposal.objects.exists() == isinstance(made, Proposal)


def test_no_comment_stays_open_while_signing_begins(world):
    year_slice = put(world, "consultation")
    made, step = at_once(
        lambda: a_comment(world),
        lambda: change_phase(year_slice, "signing", seen="consultation", by=world.coordinator, on=TODAY),
    )
    assert isinstance(made, Comment) != (not isinstance(step, ValidationError))
    assert Comment.objects.exists() == isinstance(made, Comment)
