"""Whatever people do in whatever order: a proposal is decided once, and what was decided stays as it was."""

from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.access.refusals import Refused
from agreements.agreement.models import YearSlice
from agreements.history.models import Event
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
from tests.process.heard import a_comment, a_proposal, a_wish
from tests.world import TODAY, World

DECISIONS = ("taken_up", "merged", "declined", "withdrawn")
WHO = st.sampled_from(["coordinator", "colleague", "reporter", "chair", "stranger"])
ACTS = st.sampled_from(["edit", "take_up", "merge", "decline", "withdraw"])
STEPS = st.one_of(
    st.tuples(ACTS, WHO, st.integers(0, 3), st.integers(0, 1)),
    st.tuples(st.sampled_from(["forward", "back", "new", "comment", "answer"]), WHO),
)


class People:
    """They try things, with what they read lately or longer ago; what is refused changes nothing."""

    def __init__(self, world: World):
        self.world = world

    def act(self, verb: str, who: str, *place: int) -> None:
        usual = {"by": self.world.cast[who], "on": TODAY}
        if place:
            rows = list(Proposal.objects.select_related("year_slice", "party"))
            made = rows[place[0] % len(rows)]
            self._decide(verb, made, usual, version=made.version - place[1])
        elif verb == "new":
            a_proposal(self.world, by=usual["by"])
        elif verb == "comment":
            a_comment(self.world, by=usual["by"])
        elif verb == "answer":
            for comment in Comment.objects.select_related("commitment__year_slice"):
                answer_comment(comment, outcome="taken_up", **usual)
        else:
            found = YearSlice.objects.get(year=2018)
            to = found.next_phases[0 if verb == "forward" else -1]
            change_phase(found, to, seen=found.phase, why="Nog niet goed.", **usual)

    def _decide(self, verb: str, made: Proposal, usual: dict[str, Any], version: int) -> None:
        given = {**usual, "version": version}
        if verb == "edit":
            edit_proposal(made, changes={"text": f"{made.text} Anders."}, **given)
        elif verb == "take_up":
            take_up_proposal(made, lead=self.world.heideveld, **given)
        elif verb == "merge":
            merge_proposal(made, commitment=self.world.draft, **given)
        elif verb == "decline":
            decline_proposal(made, reason="Nee.", **given)
        else:
            withdraw_proposal(made, **usual)


def settled() -> dict[int, tuple[Any, ...]]:
    rows = Proposal.objects.exclude(state="open")
    return {made.pk: (made.state, made.text, made.reason, made.commitment_id, made.version) for made in rows}


def check(before: dict[int, tuple[Any, ...]]) -> None:
    after = settled()
    assert {pk: after[pk] for pk in before} == before, "what was decided changed"
    verbs = [f"process.proposal_{verb}" for verb in DECISIONS]
    subjects = list(Event.objects.filter(verb__in=verbs).values_list("subject_id", flat=True))
    assert sorted(subjects) == sorted(after), "each decision is told once"
    phase = YearSlice.objects.get(year=2018).phase
    if phase not in YearSlice.DRAFT_PHASES:
        assert not Proposal.objects.filter(state="open").exists()
    if phase in ("signing", "adopted"):
        assert not Comment.objects.filter(state="open").exists()


@pytest.mark.django_db
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(steps=st.lists(STEPS, min_size=5, max_size=20))
def test_no_sequence_decides_a_proposal_twice_or_leaves_one_open_in_public(world, steps):
    with transaction.atomic():
        a_proposal(world)
        a_wish(world)
        people = People(world)
        for step in steps:
            before = settled()
            with suppress(Refused, ValidationError), transaction.atomic():
                people.act(*step)
            check(before)
        transaction.set_rollback(True)


def test_these_steps_do_reach_every_decision_and_signing(world):
    """The control."""
    a_proposal(world)
    people = People(world)
    for verb in ("take_up", "merge", "decline"):
        people.act(verb, "coordinator", Proposal.objects.count() - 1, 0)
        people.act("new", "reporter")
    people.act("edit", "reporter", 3, 0)
    people.act("withdraw", "reporter", 3, 0)
    assert sorted(made[0] for made in settled().values()) == sorted(DECISIONS)
    people.act("forward", "coordinator")
    people.act("comment", "chair")
    with pytest.raises(ValidationError):
        people.act("forward", "coordinator")
    people.act("answer", "colleague")
    people.act("forward", "coordinator")
    assert YearSlice.objects.get(year=2018).phase == "signing"
    check({})
