"""Two at the same moment: two board members of one party, and a judgement while a correction arrives.

On PostgreSQL they really run side by side; SQLite lets them in one by one.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from agreements.history.models import Event
from agreements.history.queries import broken_links
from agreements.parties.models import Party
from agreements.progress.models import Assessment, AssessmentAnswer, Judgement, ProgressUpdate
from agreements.progress.operations import (
    answer_assessment,
    assess_progress,
    assess_round,
)
from agreements.progress.operations import (
    assessment as operations,
)
from tests.together import at_once
from tests.world import TODAY, a_board_member, an_assessment, an_update

pytestmark = pytest.mark.django_db(transaction=True)


def judging(update, user, verdict: str, seen=(1, 0)) -> Callable[[], Any]:
    text = "" if verdict == "agreed" else "Dit klopt niet."
    given = {"by": user, "on": TODAY, "judgement": Judgement(verdict, text, seen=seen)}
    return lambda: assess_progress(update, **given)


def test_of_two_board_members_who_disagree_one_is_told_that_the_other_was_first(world):
    update, member = an_update(world), a_board_member(world)
    outcomes = at_once(judging(update, world.chair, "agreed"), judging(update, member, "disagreed"))
    assert [type(outcome) for outcome in outcomes].count(Assessment) == 1
    (refused,) = (outcome for outcome in outcomes if not isinstance(outcome, Assessment))
    assert isinstance(refused, ValidationError)
    assert refused.code == "conflict"
    assert Assessment.objects.count() == 1
    assert list(broken_links()) == []


def test_without_the_question_one_goes_over_the_other(world, monkeypatch):
    """The control: this set-up does show the loss when nobody compares what the form had seen."""
    monkeypatch.setattr(operations, "_check_moment", lambda *args, **kwargs: None)
    update, member = an_update(world), a_board_member(world)
    at_once(judging(update, world.chair, "agreed"), judging(update, member, "disagreed"))
    assert sorted(Assessment.objects.values_list("number", flat=True)) == [1, 2]


def test_two_who_agree_make_one_judgement(world):
    update, member = an_update(world), a_board_member(world)
    first, second = at_once(judging(update, world.chair, "agreed"), judging(update, member, "agreed"))
    assert first == second
    assert Event.objects.filter(verb="progress.assessed").count() == 1


def test_a_judgement_and_a_correction_at_once_never_mix(world):
    """Either the judgement was first and stays with the old figure, or it is refused and nothing is lost."""
    update = an_update(world, value=52)
    judged, corrected = at_once(judging(update, world.chair, "disagreed"), lambda: an_update(world, value=50))
    assert isinstance(corrected, ProgressUpdate)
    if isinstance(judged, Assessment):
        assert judged.update.number == 1
    else:
        assert isinstance(judged, ValidationError)
        assert "intussen verbeterd" in judged.messages[0]
        assert not Assessment.objects.exists()
    assert list(broken_links()) == []


def test_a_whole_list_and_a_correction_and_another_party_at_once(world):
    an_update(world, value=52)
    tenants = Party.objects.get(key="hrh")

    def a_list(user, party):
        given = {world.homes.pk: Judgement("agreed", seen=(1, 0))}
        return lambda: assess_round(world.round, by=user, on=TODAY, party=party, judgements=given)

    outcomes = at_once(
        a_list(world.chair, tenants),
        a_list(world.coordinator, world.municipality),
        lambda: an_update(world, value=50),
    )
    for outcome in outcomes[:2]:
        assert isinstance(outcome, list) or "intussen verbeterd" in outcome.messages[0]
    assert all(given.update.number == 1 for given in Assessment.objects.select_related("update"))
    assert list(broken_links()) == []


def test_two_colleagues_answer_one_dissent_once(world):
    dissent = an_assessment(an_update(world), by=world.chair)

    def answering(user, text: str) -> Callable[[], Any]:
        return lambda: answer_assessment(dissent, by=user, on=TODAY, text=text)

    outcomes = at_once(
        answering(world.reporter, "Het antwoord van de invuller."),
        answering(world.director, "Het antwoord van de bestuurder."),
    )
    assert [type(outcome) for outcome in outcomes].count(AssessmentAnswer) == 1
    assert any(isinstance(outcome, ValidationError) and outcome.code == "conflict" for outcome in outcomes)
    assert AssessmentAnswer.objects.count() == 1
