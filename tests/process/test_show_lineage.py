"""From agenda to hard commitment and back, across years, on one page."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.agenda.operations import decide_fate
from agreements.agreement.operations import set_year_slice
from tests.agenda.test_show_agenda import an_item
from tests.world import TODAY

ADDRESS = "/van-agenda-naar-afspraak/"


def test_an_item_is_followed_through_the_years_and_back(world, visit):
    item = an_item(world, until=2020)
    set_year_slice(world.agreement, 2019, by=None, on=TODAY, phase="concept")
    decide_fate(item, by=None, on=TODAY, year=2018, kind="concretised", commitments=[world.draft])
    decide_fate(item, by=None, on=TODAY, year=2019, kind="concretised", new_for=[world.boekweit])
    page = visit(world.coordinator).get(ADDRESS).content.decode()
    forward, back = page.split("Van afspraak terug naar de agenda")
    for year, code in ((2018, "18-01"), (2019, "19-01")):
        assert f'<span class="pa-label">{year}</span>' in forward
        assert f'href="/afspraken/{code}/"' in forward
        assert f'href="/afspraken/{code}/"' in back
    assert '<span class="pa-label pa-label--goud">2020</span>' in forward, "still to be decided"
    assert back.count('href="/agenda/A-01/"') == 2


def test_who_may_not_read_drafts_sees_that_there_is_one_and_no_more(world, client):
    decide_fate(an_item(world), by=None, on=TODAY, year=2018, kind="concretised", commitments=[world.draft])
    page = client.get(ADDRESS).content.decode()
    assert "concept, nog niet openbaar" in page
    assert world.draft.title not in page
    assert "Van afspraak terug naar de agenda" not in page


def test_an_empty_portal_has_an_empty_page(db, client):
    assert "De agenda is leeg" in client.get(ADDRESS).content.decode()


def test_the_page_asks_as_much_of_ten_items_as_of_one(world, visit):
    def add(number: int) -> None:
        item = an_item(world, f"A-{number:02}")
        decide_fate(item, by=None, on=TODAY, year=2018, kind="concretised", new_for=[world.heideveld])

    def statements() -> int:
        client = visit(world.coordinator)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(ADDRESS).status_code == 200
        return len(captured)

    add(1)
    before = statements()
    for number in range(2, 11):
        add(number)
    assert statements() == before
