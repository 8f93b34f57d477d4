"""The municipality asks about an update; the party corrects or explains; what was asked stays, for the parties."""

import pytest

from agreements.history.models import Event
from agreements.progress.models import ProgressUpdate, Return
from agreements.progress.operations import return_progress
from agreements.workspace.queries import tasks_of
from tests.progress.test_submit_progress import ADDRESS, answers
from tests.world import TODAY, an_update

QUESTION = "Tellen de woningen in blok 3 mee?"


@pytest.fixture
def asked(world):
    return return_progress(an_update(world), by=world.coordinator, on=TODAY, question=QUESTION)


def test_a_question_is_a_task_and_the_update_stays_as_it_is(world, visit):
    update = an_update(world)
    client = visit(world.coordinator)
    assert f"/voortgang/{update.pk}/terugvragen/" in client.get("/afspraken/17-01/").content.decode()
    answer = client.post(f"/voortgang/{update.pk}/terugvragen/", {"question": QUESTION})
    assert (answer.status_code, answer["Location"]) == (303, "/afspraken/17-01/#verloop")
    world.homes.refresh_from_db()
    assert world.homes.status == "on_track"
    assert "Beantwoord de vraag van de gemeente: 84 nieuwe sociale huurwoningen opleveren" in [
        task.sentence for task in tasks_of(world.reporter)
    ]
    assert QUESTION in visit(world.reporter).get(ADDRESS).content.decode()


def test_too_short_a_question_comes_back(world, visit):
    update = an_update(world)
    answer = visit(world.coordinator).post(f"/voortgang/{update.pk}/terugvragen/", {"question": "Hoezo?"})
    assert answer.status_code == 422


def test_an_answer_in_words_ends_it_and_stays_for_the_parties_only(world, visit, asked):
    client = visit(world.reporter)
    given = {"answer": "Ja, blok 3 telt mee sinds augustus."}
    assert client.post(f"/teruggevraagd/{asked.pk}/", given).status_code == 303
    assert ProgressUpdate.objects.count() == 1
    for name in ("reporter", "coordinator", "chair", "stranger"):
        page = visit(world.cast[name]).get("/afspraken/17-01/").content.decode()
        assert QUESTION in page, name
        assert given["answer"] in page, name
    for user in (None, world.councillor):
        page = visit(user).get("/afspraken/17-01/").content.decode()
        assert QUESTION not in page
        assert given["answer"] not in page
    assert visit(world.reporter).post(f"/teruggevraagd/{asked.pk}/", given).status_code == 403


def test_a_correction_ends_it_too(world, visit, asked):
    given = answers(value="54", seen="1", reason="Blok 3 stond dubbel in de lijst.")
    assert visit(world.reporter).post(ADDRESS, given).status_code == 302
    asked.refresh_from_db()
    assert asked.correction == ProgressUpdate.objects.get(number=2)
    page = visit(world.chair).get("/afspraken/17-01/").content.decode()
    assert "Later verbeterd: Blok 3 stond dubbel in de lijst." in page
    assert QUESTION in page


def test_a_correction_without_a_reason_is_refused(world, visit):
    an_update(world)
    answer = visit(world.reporter).post(ADDRESS, answers(value="54", seen="1"))
    assert answer.status_code == 422
    assert "Beantwoord de vraag ‘Waarom verbetert u uw eerdere antwoord?’" in answer.content.decode()


def test_what_cannot_be_asked_back(world, visit, asked):
    client, address = visit(world.coordinator), f"/voortgang/{asked.update_id}/terugvragen/"
    assert "staat al een vraag open" in client.get(address).content.decode()
    an_update(world, value=55)
    assert "is later verbeterd" in client.get(address).content.decode()
    world.round.closed_on = TODAY
    world.round.save()
    assert "is gesloten" in client.get(address).content.decode()
    assert Return.objects.count() == 1
    assert Event.objects.filter(verb="progress.returned").count() == 1


def test_after_closing_an_answer_in_words_is_still_possible(world, visit, asked):
    world.round.closed_on = TODAY
    world.round.save()
    client = visit(world.reporter)
    assert "De ronde is gesloten." in client.get(f"/teruggevraagd/{asked.pk}/").content.decode()
    assert client.post(f"/teruggevraagd/{asked.pk}/", {"answer": "Ja, die tellen mee."}).status_code == 303
