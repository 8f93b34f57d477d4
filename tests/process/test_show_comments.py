"""Where comments are read, and how many there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.process.operations import answer_comment
from tests.process.heard import a_comment, put
from tests.world import TODAY

LIST = "/jaarschijven/2018/opmerkingen/"


@pytest.fixture
def several(world):
    put(world, "consultation")
    first = a_comment(world)
    answer_comment(first, by=world.coordinator, on=TODAY, outcome="taken_up")
    a_comment(world, text="En liever eerder.")
    a_comment(world, by=world.reporter, party=world.heideveld, voice="supervisors", text="Dit is haalbaar.")
    return world


def test_the_page_of_the_year_counts_and_the_list_shows_all_or_what_is_open(several, visit):
    page = " ".join(visit().get("/jaarschijven/2018/").content.decode().split())
    assert "3 opmerkingen bij de teksten</a>, 2 nog open" in page
    every = visit().get(LIST).content.decode()
    assert "Onze leden willen meer woningen." in every
    assert "Woonstichting Heideveld, namens de raad van commissarissen" in every
    only = visit().get(f"{LIST}?stand=open").content.decode()
    assert "Onze leden willen meer woningen." not in only
    assert "Dit is haalbaar." in only


def test_back_in_the_concept_they_are_for_the_parties(several, visit):
    put(several, "concept")
    assert visit().get(LIST).status_code == visit(several.councillor).get(LIST).status_code == 404
    assert "opmerkingen" not in visit().get("/jaarschijven/2018/").content.decode()
    assert "Dit is haalbaar." in visit(several.chair).get(LIST).content.decode()
    assert "Dit is haalbaar." in visit(several.chair).get("/afspraken/18-01/").content.decode()


def test_without_comments_the_list_says_so(world, visit):
    put(world, "consultation")
    assert "Er zijn geen opmerkingen" in visit().get(LIST).content.decode()
    assert "Er zijn geen opmerkingen" in visit().get("/jaarschijven/2017/opmerkingen/").content.decode()
    assert visit().get("/jaarschijven/2031/opmerkingen/").status_code == 404


@pytest.mark.parametrize("path", [LIST, f"{LIST}?stand=open", "/afspraken/18-01/", "/jaarschijven/2018/"])
@pytest.mark.parametrize("name", [None, "coordinator"])
def test_pages_ask_as_much_of_30_comments_as_of_2(world, visit, path, name):
    put(world, "consultation")
    client, counts = visit(world.cast.get(name)), []
    for number in (2, 28):
        for _ in range(number):
            a_comment(world)
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
