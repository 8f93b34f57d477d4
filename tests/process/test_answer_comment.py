"""The municipality says what was done with a comment, once."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from agreements.access.refusals import Refused
from agreements.history.models import Event
from agreements.history.queries import timeline
from agreements.process.models import Comment
from agreements.process.operations import answer_comment
from tests.process.heard import a_comment, put
from tests.world import PASSWORD, TODAY

ANSWER = "/afspraken/18-01/opmerkingen/1/"


@pytest.fixture
def comment(world):
    put(world, "consultation")
    return a_comment(world)


@pytest.mark.parametrize("phase", ["consultation", "concept"])
def test_a_coordinator_answers_in_consultation_or_back_in_the_concept(world, visit, comment, phase):
    put(world, phase)
    client = visit(world.coordinator)
    assert "Onze leden willen meer woningen." in client.get(ANSWER).content.decode()
    assert client.post(ANSWER, {"outcome": "declined", "reason": ""}).status_code == 422
    assert client.post(ANSWER, {"outcome": "declined", "reason": "Er is geen grond."}).status_code == 303
    comment.refresh_from_db()
    assert (comment.state, comment.reason) == ("declined", "Er is geen grond.")
    assert (comment.answered_by, comment.answered_on) == (world.coordinator, TODAY)
    event = timeline(world.draft).first()
    assert (event.sentence, event.why) == ("Opmerking 1: niet overgenomen.", "Er is geen grond.")
    assert "Er is geen grond." in client.get("/afspraken/18-01/").content.decode()


def test_taken_up_needs_no_reason(world, comment):
    assert answer_comment(comment, by=world.colleague, on=TODAY, outcome="taken_up").state == "taken_up"


def test_who_comes_second_sees_the_answer_and_what_was_typed(world, visit, comment):
    answer_comment(comment, by=world.colleague, on=TODAY, outcome="declined", reason="De collega was eerder.")
    client = visit(world.coordinator)
    answer = client.post(ANSWER, {"outcome": "taken_up", "reason": "Mijn eigen antwoord."})
    assert answer.status_code == 409
    page = answer.content.decode()
    for text in ("Deze opmerking is al beantwoord", "De collega was eerder.", "Mijn eigen antwoord."):
        assert text in page
    assert Event.objects.filter(verb="process.comment_answered").count() == 1
    assert client.get(ANSWER).status_code == 403


def test_others_do_not_answer(world, visit, comment):
    for name in ("chair", "reporter", "councillor", "stranger"):
        assert visit(world.cast[name]).post(ANSWER, {"outcome": "taken_up"}).status_code == 403, name
        assert "Geef antwoord" not in visit(world.cast[name]).get("/afspraken/18-01/").content.decode()
    put(world, "concept")
    assert visit(world.councillor).get(ANSWER).status_code == 404
    assert visit(world.coordinator).get("/afspraken/18-01/opmerkingen/9/").status_code == 404
    assert Comment.objects.get().is_open


def test_in_other_phases_and_without_reason_nothing_changes(world, comment):
    with pytest.raises(ValidationError, match="Leg uit waarom niet"):
        answer_comment(comment, by=world.coordinator, on=TODAY, outcome="declined")
    for phase in ("bid", "signing"):
        put(world, phase)
        with pytest.raises(Refused, match="Beantwoorden kan bij consultatie en concept."):
            answer_comment(comment, by=world.coordinator, on=TODAY, outcome="taken_up")
    with pytest.raises(IntegrityError, match="comment_answered_who_and_when"), transaction.atomic():
        Comment.objects.update(state="taken_up")


def test_an_unknown_outcome_is_a_wrong_answer(world, visit, comment):
    client = visit(world.coordinator)
    for outcome in ("", "open", "x", "\0"):
        assert client.post(ANSWER, {"outcome": outcome, "reason": "Zo is het."}).status_code == 422
    assert Comment.objects.get().is_open


def test_a_lost_session_keeps_the_answer(world, client, comment):
    client.post(ANSWER, {"outcome": "declined", "reason": "Wat ik net typte."})
    login = {"login": world.coordinator.email, "password": PASSWORD, "next": ANSWER}
    assert client.post("/account/login/", login)["Location"] == ANSWER
    assert "Wat ik net typte." in client.get(ANSWER).content.decode()
