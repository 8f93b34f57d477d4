"""What each party owes and is owed, per year; drafts only for the parties."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.commitments.models import Commitment
from agreements.commitments.operations import withdraw_commitment
from agreements.commitments.permissions import parties_concerned
from agreements.commitments.reciprocity import owed_by, owed_to
from agreements.parties.models import Party
from tests.agenda.test_show_agenda import an_item
from tests.world import TODAY, a_commitment, an_update


def a_promise(world, code: str, lead: Party, *contributors: Party, year_slice=None) -> Commitment:
    helps = [(party, f"{party.name} helpt met {code}.") for party in contributors]
    given = {"title": f"Belofte {code}", "text": f"{lead.name} doet wat {code} zegt.", "deadline": None}
    year_slice = year_slice or world.homes.year_slice
    return a_commitment(
        world, code, kind="process", lead=lead, contributors=helps, year_slice=year_slice, **given
    )


def parts(client, key: str, query: str = "") -> tuple[str, str, str]:
    """What the party does, what it may expect, and its agenda; each as HTML."""
    page = client.get(f"/partijen/{key}/{query}").content.decode()
    does, rest = page.split('id="doet"')[1].split('id="verwacht"')
    return does, *rest.split('id="agenda"')


@pytest.fixture
def promises(world):
    """Every kind of promise: to all, to the municipality, with help, by tenants."""
    tenants = Party.objects.get(key="hrh")
    return [
        a_promise(world, "17-10", world.municipality),
        a_promise(world, "17-11", world.municipality, world.boekweit),
        a_promise(world, "17-12", world.boekweit),
        a_promise(world, "17-13", tenants, world.heideveld),
        world.homes,
        world.coach,
    ]


def test_owed_is_the_rule_of_who_is_concerned_turned_round(world, promises):
    year = Commitment.objects.filter(year_slice=world.homes.year_slice)
    for party in Party.objects.all():
        concerned = {found.code for found in promises if party in parties_concerned(found)}
        both = {c.code for c in (*owed_by(party, year), *owed_to(party, year))}
        assert both == concerned, party


def test_a_corporation_reads_what_it_does_and_what_others_do(world, promises, client):
    does, expects, _ = parts(client, "hv")
    assert "voert 2 afspraken uit" in does
    assert "/afspraken/17-01/" in does
    assert "Woonstichting Heideveld helpt met 17-13." in does
    assert "Verleent vergunningen." in expects
    assert "/afspraken/17-10/" in expects, "the municipality promised it to all who signed"
    assert "/afspraken/17-13/" in expects
    assert "/afspraken/17-12/" not in expects


def test_the_municipality_gives_too_and_is_promised_everything(world, promises, client):
    does, expects, _ = parts(client, "gh")
    assert "Verleent vergunningen." in does
    assert "/afspraken/17-11/" in does
    for code in ("17-01", "17-02", "17-12", "17-13"):
        assert f"/afspraken/{code}/" in expects
    assert "Woningcorporatie De Boekweit helpt met 17-11." in expects


def test_tenants_see_the_promises_of_their_corporation(world, promises, client):
    does, expects, _ = parts(client, "hrh")
    assert "/afspraken/17-13/" in does
    assert "/afspraken/17-01/" in expects
    assert "/afspraken/17-10/" not in expects, "they did not sign, so a promise to all is none to them"
    assert "/afspraken/17-12/" not in expects


def test_who_declined_is_shown_with_date_and_statement(world, client):
    page = client.get("/partijen/hrh/").content.decode()
    assert "Niet getekend op 16\N{NO-BREAK SPACE}februari 2017" in page
    assert "Wij vinden de huren te hoog." in page
    assert "Getekend op 16\N{NO-BREAK SPACE}februari 2017" in client.get("/partijen/bw/").content.decode()


def test_statuses_and_what_was_withdrawn_are_shown(world, promises, client):
    an_update(world, status="behind")
    withdraw_commitment(promises[2], by=None, on=TODAY, reason="Niet meer nodig.")
    assert "1 loopt achter" in parts(client, "hv")[0]
    assert "Ingetrokken op" in parts(client, "bw")[0]


def test_drafts_are_for_the_parties(world, visit):
    a_promise(world, "18-07", world.municipality, world.heideveld, year_slice=world.draft.year_slice)
    does, expects, _ = parts(visit(world.chair), "hv", "?jaar=2018")
    assert "/afspraken/18-01/" in does
    assert "/afspraken/18-07/" in expects
    for person in (None, world.councillor):
        page = visit(person).get("/partijen/hv/?jaar=2018").content.decode()
        assert "/afspraken/18-0" not in page
        assert "helpt met 18-07" not in page
        assert "De tekst van het concept is nog niet openbaar." in page


def test_agenda_items_stand_in_the_years_they_are_due(world, client):
    an_item(world, lead=world.heideveld, until=2019)
    for year, is_there in ((2017, False), (2018, True)):
        assert ("/agenda/A-01/" in parts(client, "hv", f"?jaar={year}")[2]) is is_there
    assert "/agenda/A-01/" not in parts(client, "bw", "?jaar=2018")[2]


@pytest.mark.parametrize("query", ["?jaar=abc", "?jaar=1999", "?jaar=", "?jaar=%00", ""])
def test_an_odd_year_gives_this_year(world, client, query):
    assert "zelf doet in 2017" in client.get(f"/partijen/hv/{query}").content.decode()


def test_the_list_has_every_party_with_its_numbers(world, promises, client):
    an_item(world, lead=world.boekweit)
    page = client.get("/partijen/").content.decode()
    rows = {
        row.split("/partijen/")[1].split("/")[0]: row for row in page.split("<tr>") if "/partijen/" in row
    }
    assert list(rows) == ["gh", "hv", "bw", "hrh"]
    assert '<td class="pa-r" data-label="Voert uit">2</td>' in rows["hv"]
    assert '<td class="pa-r" data-label="Werkt mee aan">1</td>' in rows["bw"]
    assert '<td class="pa-r" data-label="Trekker van agendapunten">1</td>' in rows["bw"]
    assert "Niet getekend op" in rows["hrh"]


def test_overview_lists_and_commitments_lead_to_the_party(world, client):
    for address in ("/", "/afspraken/", "/afspraken/17-01/"):
        page = client.get(address).content.decode()
        assert "/partijen/hv/" in page, address
        assert "/themas/B/" in page, address
    assert "/partijen/" in client.get("/").content.decode()


def test_an_empty_portal_and_a_party_that_does_not_exist(db, client):
    assert "Er zijn nog geen partijen" in client.get("/partijen/").content.decode()
    assert client.get("/partijen/niemand/").status_code == 404


@pytest.mark.parametrize("key", ["hv", "gh", "hrh"])
def test_ten_promises_ask_as_much_as_one(world, client, key):
    def statements(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    tenants = Party.objects.get(key="hrh")
    a_promise(world, "17-10", world.municipality, world.heideveld, tenants)
    an_item(world, "A-10", lead=world.heideveld, year=2017 + 1)
    before = [statements("/partijen/"), statements(f"/partijen/{key}/")]
    for number in range(11, 20):
        a_promise(world, f"17-{number}", world.heideveld, world.municipality, tenants)
        a_promise(world, f"17-{number + 20}", world.municipality, world.heideveld, tenants)
        an_item(world, f"A-{number}", lead=world.heideveld)
    assert [statements("/partijen/"), statements(f"/partijen/{key}/")] == before


def test_a_deadline_and_example_label_stand_in_the_rows(world, client):
    assert world.homes.deadline == date(2017, 12, 31)
    assert "Uiterlijk klaar op 31\N{NO-BREAK SPACE}december 2017" in parts(client, "hv")[0]
