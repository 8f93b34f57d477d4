"""The municipality opens a round, the parties get their tasks, and closing shows silence as silence."""

from datetime import date

import pytest

from agreements.commitments.models import Commitment
from agreements.progress.models import ReportingRound
from agreements.workspace.queries import count_tasks, tasks_of
from tests.world import TODAY, a_closed_round, an_update

GIVEN = {"name": "Vierde kwartaal 2017", "as_of": "31-12-2017", "due_on": "15 januari 2018"}


@pytest.fixture
def given(world):
    return {**GIVEN, "year_slice": str(world.homes.year_slice_id)}


def test_an_opened_round_gives_the_parties_their_tasks(world, visit, given):
    ReportingRound.objects.all().delete()
    assert count_tasks(world.reporter) == 0
    answer = visit(world.coordinator).post("/rondes/nieuw/", given)
    assert (answer.status_code, answer["Location"]) == (303, "/rondes/")
    assert ReportingRound.objects.get().code == "2017-K4"
    page = visit(world.reporter).get("/mijn-taken/").content.decode()
    assert "Vierde kwartaal 2017" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Beantwoord de vraag ‘Hoe heet de ronde?’"),
        ({"as_of": "31-12-2016"}, "Vul een dag in 2017 in."),
        ({"as_of": "30-09-2017"}, "Er is al een ronde met deze peildatum."),
        ({"due_on": "1-10-2017"}, "Vul een dag in na de peildatum die nog niet voorbij is."),
    ],
)
def test_a_wrong_answer_gets_a_sentence(world, visit, given, wrong, sentence):
    ReportingRound.objects.update(closed_on=TODAY)
    answer = visit(world.coordinator).post("/rondes/nieuw/", {**given, **wrong})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert ReportingRound.objects.count() == 1


def test_one_round_at_a_time(world, visit, given):
    answer = visit(world.coordinator).post("/rondes/nieuw/", given)
    assert answer.status_code == 422
    assert "Sluit eerst de ronde derde kwartaal 2017." in answer.content.decode()


def test_a_round_does_not_ask_about_what_is_over(world, visit, given):
    an_update(world, value=84, status="achieved")
    ReportingRound.objects.update(closed_on=TODAY)
    visit(world.coordinator).post("/rondes/nieuw/", given)
    assert [task.argument for task in tasks_of(world.reporter)] == ["17-02"]


def test_closing_names_who_was_silent_and_asks_first(world, visit):
    an_update(world)
    client = visit(world.coordinator)
    page = client.get("/rondes/2017-K3/sluiten/").content.decode()
    assert "Weer openen kan alleen met een reden." in page
    assert "17-02 Een wooncoach laten beginnen (Woonstichting Heideveld)" in page
    assert "17-01" not in page
    assert client.post("/rondes/2017-K3/sluiten/").status_code == 303
    assert set(Commitment.objects.values_list("code", "status")) >= {
        ("17-01", "on_track"),
        ("17-02", "no_data"),
    }


def test_a_closed_round_stays_closed(world, visit):
    a_closed_round(world, "2017-K2", "Tweede kwartaal 2017", date(2017, 6, 30))
    answer = visit(world.coordinator).get("/rondes/2017-K2/sluiten/")
    assert answer.status_code == 403
    assert "is al gesloten" in answer.content.decode()


@pytest.mark.parametrize("address", ["/rondes/", "/rondes/nieuw/", "/rondes/2017-K3/sluiten/"])
def test_only_coordinators_touch_rounds(world, visit, address):
    for name in ("reporter", "director", "chair", "councillor", "stranger"):
        assert visit(world.cast[name]).get(address).status_code == 403, name
    assert visit(world.coordinator).get(address).status_code == 200
