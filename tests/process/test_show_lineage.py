"""From agenda to hard commitment and back, across years, on one page."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.agenda.operations import decide_fate
from agreements.agreement.operations import set_year_slice
from agreements.commitments.models import Commitment
from agreements.commitments.operations import copy_commitments
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


def two_years_on(world) -> list[Commitment]:
    """`homes` of 2017, taken over in 2018 and from there in 2019."""
    given = {"by": world.coordinator, "on": TODAY}
    second = copy_commitments(world.draft.year_slice, commitments=[world.homes], **given)[0]
    set_year_slice(world.agreement, 2019, by=None, on=TODAY, phase="concept")
    year_slice = world.agreement.year_slices.get(year=2019)
    return [world.homes, second, copy_commitments(year_slice, commitments=[second], **given)[0]]


def test_a_commitment_is_followed_from_year_to_year_and_back(world, visit):
    line = two_years_on(world)
    client = visit(world.coordinator)
    table = client.get(ADDRESS).content.decode().split('id="van-jaar-tot-jaar"')[1]
    places = [table.index(f'href="/afspraken/{found.code}/"') for found in line]
    assert places == sorted(places)
    assert table.count("<tr>") == 2, "a head and one line"
    for found in line:
        page = client.get(f"/afspraken/{found.code}/").content.decode().split('id="lijn"')[1]
        assert f"<strong>{found.code} " in page
        for other in line:
            assert (f'href="/afspraken/{other.code}/"' in page) is (other != found)
    middle = client.get(f"/afspraken/{line[1].code}/").content.decode()
    assert "Deze afspraak gaat verder op <a" in middle
    assert "Deze afspraak gaat verder als <a" in middle


def test_a_line_stops_where_the_drafts_begin_for_who_may_not_read_them(world, visit):
    line = two_years_on(world)
    page = visit(world.councillor).get(ADDRESS).content.decode()
    assert "Er zijn nog geen afspraken die een jaar later doorgaan" in page
    assert 'id="lijn"' not in visit().get("/afspraken/17-01/").content.decode()
    set_year_slice(
        world.agreement, 2018, by=None, on=TODAY, phase="consultation"
    )  # from here on everyone reads it
    page = visit().get("/afspraken/17-01/").content.decode()
    assert f"/afspraken/{line[1].code}/" in page
    assert f"/afspraken/{line[2].code}/" not in page


def test_more_and_longer_lines_ask_as_much(world, visit):
    def statements(address: str) -> int:
        client = visit(world.coordinator)
        client.get(address)  # from here the menu remembers how many tasks there are
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    given = {"by": world.coordinator, "on": TODAY}
    set_year_slice(world.agreement, 2019, by=None, on=TODAY, phase="concept")
    one = copy_commitments(world.draft.year_slice, commitments=[world.coach], **given)[0]
    before = [statements(address) for address in (ADDRESS, "/afspraken/17-02/")]
    two_years_on(world)
    assert statements(ADDRESS) == before[0]
    copy_commitments(world.agreement.year_slices.get(year=2019), commitments=[one], **given)
    assert statements("/afspraken/17-02/") == before[1]
