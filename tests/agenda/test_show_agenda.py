"""The agenda and what became of its items, both ways."""

from agreements.agenda.operations import add_agenda_item, decide_fate
from tests.world import TODAY


def an_item(world, code: str = "A-01", **fields):
    usual = {
        "theme": world.homes.theme,
        "year": 2018,
        "text": "De voorraad blijft op peil.",
        "provenance": "own",
    }
    return add_agenda_item(world.agreement, by=None, on=TODAY, code=code, **{**usual, **fields})


def test_lineage_is_visible_both_ways_for_who_may_read_the_draft(world, visit):
    item = an_item(world)
    decide_fate(item, by=None, on=TODAY, year=2018, kind="concretised", commitments=[world.draft])
    client = visit(world.coordinator)
    assert "/afspraken/18-01/" in client.get("/agenda/A-01/").content.decode()
    assert "/agenda/A-01/" in client.get("/afspraken/18-01/").content.decode()
    public = visit().get("/agenda/A-01/").content.decode()
    assert "/afspraken/18-01/" not in public
    assert "concept, nog niet openbaar" in public
    assert world.draft.title not in public


def test_a_postponed_item_moves_to_the_later_year_with_its_reason(world, client):
    item = an_item(world)
    decide_fate(
        item, by=None, on=TODAY, year=2018, kind="postponed", to_year=2019, reason="Wij wachten op de regio."
    )
    assert "Wij wachten op de regio." in client.get("/jaarschijven/2018/").content.decode()
    assert "A-01" in client.get("/agenda/").content.decode()


def test_items_without_a_fate_are_counted(world, client):
    an_item(world)
    an_item(world, "A-02")
    assert "Over 2 punten moet nog worden besloten." in client.get("/jaarschijven/2018/").content.decode()


def test_an_item_for_more_years_stands_under_each_of_them(world, client):
    item = an_item(world, until=2020)
    decide_fate(item, by=None, on=TODAY, year=2018, kind="concretised", commitments=[world.draft])
    parts = client.get("/agenda/").content.decode().split("<section")[1:]
    assert [part.split('id="jaar-')[1][:4] for part in parts] == ["2018", "2019", "2020"]
    assert all("/agenda/A-01/" in part for part in parts)
    assert "18-01" in parts[0]
    assert "Nog niet besloten." in parts[1]


def test_an_item_that_left_the_agreement_stands_under_the_year_it_went_to(world, client):
    item = an_item(world)
    decide_fate(
        item, by=None, on=TODAY, year=2018, kind="postponed", to_year=2021, reason="Past niet eerder."
    )
    page = client.get("/agenda/").content.decode()
    assert 'id="jaar-2021"' in page
    assert "/jaarschijven/2021/" not in page


def test_a_dropped_item_stands_under_no_later_year(world, client):
    item = an_item(world, until=2020)
    decide_fate(item, by=None, on=TODAY, year=2018, kind="dropped", reason="Niet meer nodig.")
    page = client.get("/agenda/").content.decode()
    assert 'id="jaar-2018"' in page
    assert 'id="jaar-2019"' not in page
