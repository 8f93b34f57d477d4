"""The catalogue of indicators, and adding to it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.commitments.models import Indicator, Target
from agreements.history.queries import timeline
from tests.world import an_indicator

ADDRESS = "/indicatoren/nieuw/"
GIVEN = {
    "name": "Woningen met energielabel A",
    "definition": "Zelfstandige huurwoningen met een geldig label A.",
    "unit": "woningen",
    "area": "gemeente Hilversum",
    "supplied_by": "de administratie van de corporatie",
    "value_kind": "number",
    "counting": "at_date",
    "decimals": "0",
}


def test_a_coordinator_defines_what_is_counted(world, visit):
    client = visit(world.coordinator)
    answer = client.post(ADDRESS, GIVEN)
    assert (answer.status_code, answer["Location"]) == (303, "/indicatoren/#woningen-met-energielabel-a")
    made = Indicator.objects.get(key="woningen-met-energielabel-a")
    assert (made.unit, made.counting, made.provenance, made.decimals) == ("woningen", "at_date", "own", 0)
    assert timeline(made).get().sentence == "Indicator Woningen met energielabel A toegevoegd."
    page = client.get("/indicatoren/").content.decode()
    assert "Nog niet gebruikt in een afspraak." in page
    assert "Woningen met energielabel A" in client.get("/afspraken/18-01/bewerken/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": "INDICATOR homes"}, "Er is al zo’n indicator: ‘indicator homes’."),
        ({"name": "Homes!"}, "Er is al zo’n indicator: ‘indicator homes’."),
        ({"unit": ""}, "Beantwoord de vraag ‘In welke eenheid?’"),
        ({"supplied_by": ""}, "Beantwoord de vraag ‘Waar komen de cijfers vandaan?’"),
        ({"counting": "soms"}, "Kies een van de antwoorden bij ‘Hoe telt u?’."),
    ],
)
def test_a_wrong_answer_gets_a_sentence(world, visit, wrong, sentence):
    answer = visit(world.coordinator).post(ADDRESS, {**GIVEN, **wrong})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Indicator.objects.count() == 2


def test_the_catalogue_is_public_and_shows_drafts_only_to_the_parties(world, visit):
    homes = Indicator.objects.get(key="homes")
    Target.objects.create(commitment=world.draft, indicator=homes, direction="at_least", value=60)
    assert "18-01 60 nieuwe woningen" in visit(world.reporter).get("/indicatoren/").content.decode()
    page = visit().get("/indicatoren/").content.decode()
    assert "17-01 84 nieuwe sociale huurwoningen opleveren" in page
    assert "18-01" not in page
    assert ADDRESS not in page


def test_only_coordinators_define(world, visit):
    for name in ("reporter", "director", "chair", "councillor", "stranger"):
        assert visit(world.cast[name]).get(ADDRESS).status_code == 403, name


def test_the_catalogue_asks_as_much_of_many_indicators_as_of_few(world, client):
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/indicatoren/").status_code == 200
        return len(captured)

    few = statements()
    for number in range(30):
        an_indicator(f"extra-{number}")
    assert statements() == few
