"""The commitments and agenda items of one theme, per year."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.agreement.operations import add_theme
from tests.agenda.test_show_agenda import an_item
from tests.public.test_show_party import a_promise
from tests.world import an_update


def test_a_theme_shows_its_commitments_of_the_year_and_how_they_stand(world, client):
    an_update(world)
    page = client.get("/themas/B/").content.decode()
    assert "Afspraken over sociale voorraad in 2017" in page
    assert "1 op koers" in page
    assert "/afspraken/17-01/" in page
    assert "/afspraken/17-02/" in page


def test_other_themes_have_their_own_page(world, client):
    add_theme(world.agreement, code="D", name="Duurzaamheid", order=2)
    page = client.get("/themas/D/").content.decode()
    assert "Er zijn voor 2017 geen afspraken over dit thema" in page
    assert "/themas/B/" in page
    assert "/afspraken/17-01/" not in page


def test_the_agenda_of_the_theme_stands_below(world, client):
    an_item(world)
    assert "/agenda/A-01/" in client.get("/themas/B/?jaar=2018").content.decode()
    assert "niets op de agenda" in client.get("/themas/B/").content.decode()


def test_drafts_are_for_the_parties(world, visit):
    assert "/afspraken/18-01/" in visit(world.reporter).get("/themas/B/?jaar=2018").content.decode()
    for person in (None, world.councillor):
        assert "/afspraken/18-01/" not in visit(person).get("/themas/B/?jaar=2018").content.decode()


def test_a_theme_that_does_not_exist_is_not_found(world, client):
    assert client.get("/themas/Q/").status_code == 404


def test_an_empty_portal_has_no_themes(db, client):
    assert client.get("/themas/B/").status_code == 404


def test_ten_commitments_ask_as_much_as_two(world, client):
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/themas/B/").status_code == 200
        return len(captured)

    an_item(world)
    before = statements()
    for number in range(10, 20):
        a_promise(world, f"17-{number}", world.boekweit, world.municipality)
        an_item(world, f"A-{number}")
    assert statements() == before
