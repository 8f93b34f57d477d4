"""The executing party answers a dissent, once; the answer stands beside it."""

from datetime import date

import pytest

from agreements.access.refusals import Refused
from agreements.history.queries import timeline
from agreements.progress.models import AssessmentAnswer
from agreements.progress.operations import answer_assessment
from agreements.workspace.queries import tasks_of
from tests.world import PASSWORD, TODAY, an_assessment, an_update

TEXT = "Blok 2 is een week later klaar. Het doel halen wij."


@pytest.fixture
def dissent(world):
    return an_assessment(an_update(world), by=world.chair)


def test_the_answer_stands_beside_the_dissent(world, visit, dissent):
    address = f"/oordelen/antwoord/{dissent.pk}/"
    client = visit(world.reporter)
    page = client.get("/afspraken/17-01/").content.decode()
    assert f'href="{address}"' in page
    assert "Volgens ons klopt het aantal niet." in client.get(address).content.decode()
    answer = client.post(address, {"text": TEXT})
    assert (answer.status_code, answer["Location"]) == (303, "/afspraken/17-01/#oordelen")
    found = AssessmentAnswer.objects.get()
    assert (found.party, found.given_by, found.given_on) == (world.heideveld, world.reporter, TODAY)
    page = client.get("/afspraken/17-01/").content.decode()
    assert "Antwoord van Woonstichting Heideveld" in page
    assert TEXT in page
    assert f'href="{address}"' not in page
    assert "Verschil van inzicht" in page, "an answer does not settle it"
    assert not [task for task in tasks_of(world.reporter) if "afwijkend" in task.sentence]
    assert timeline(world.homes)[0].verb == "progress.assessment_answered"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [("", "Beantwoord de vraag"), ("Kort.", "minstens 20"), ("x" * 10_000, "hoogstens")],
)
def test_a_wrong_answer_gets_a_sentence(world, visit, dissent, wrong, sentence):
    answer = visit(world.reporter).post(f"/oordelen/antwoord/{dissent.pk}/", {"text": wrong})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_twice_the_same_is_once_and_a_colleague_who_was_first_is_shown(world, visit, dissent):
    address = f"/oordelen/antwoord/{dissent.pk}/"
    for _ in range(2):
        assert visit(world.reporter).post(address, {"text": TEXT}).status_code == 303
    answer = visit(world.director).post(address, {"text": "Ik wilde iets anders antwoorden."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Uw organisatie heeft al geantwoord" in page
    assert TEXT in page
    assert "Ik wilde iets anders antwoorden." in page
    assert AssessmentAnswer.objects.count() == 1


def test_a_new_dissent_may_be_answered_again(world, visit, dissent):
    answer_assessment(dissent, by=world.director, on=TODAY, text=TEXT)
    again = an_assessment(dissent.update, by=world.chair, verdict="remark", text="Nu alleen nog dit.")
    assert again.number == 2
    answer_assessment(again, by=world.director, on=TODAY, text="Dat passen wij aan in de volgende ronde.")
    page = visit(world.chair).get("/afspraken/17-01/").content.decode()
    assert TEXT in page, "the old one keeps its answer"


def test_who_may_answer(world, visit, dissent):
    for name in ("coordinator", "chair", "stranger", "councillor"):
        with pytest.raises(Refused):
            answer_assessment(dissent, by=world.cast[name], on=TODAY, text=TEXT)
    agreed = an_assessment(dissent.update, by=world.coordinator, verdict="agreed")
    with pytest.raises(Refused, match="Daar hoort geen antwoord bij"):
        answer_assessment(agreed, by=world.reporter, on=TODAY, text=TEXT)
    address = f"/oordelen/antwoord/{dissent.pk}/"
    assert visit(world.chair).get(address).status_code == 403
    assert visit(world.stranger).get(address).status_code == 404, "not concerned: it does not exist yet"
    assert visit(world.reporter).get("/oordelen/antwoord/999999/").status_code == 404


def test_it_can_be_answered_after_the_window_too(world, visit, dissent, settings):
    settings.TODAY = date(2017, 12, 12)
    answer = visit(world.reporter).post(f"/oordelen/antwoord/{dissent.pk}/", {"text": TEXT})
    assert answer.status_code == 303
    assert TEXT in visit().get("/afspraken/17-01/").content.decode()


def test_the_session_ends_while_typing(world, client, dissent):
    address = f"/oordelen/antwoord/{dissent.pk}/"
    client.post(address, {"text": "Hier heb ik lang over nagedacht."})
    client.post("/account/login/", {"login": world.director.email, "password": PASSWORD})
    assert "Hier heb ik lang over nagedacht." in client.get(address).content.decode()
