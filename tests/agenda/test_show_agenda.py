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
