"""Joint commitments and their parts in lists and counts: everything is seen, nothing is counted twice."""

import pytest

from tests.commitments.divided import a_joint, part, report


@pytest.fixture
def joint(world):
    """Heideveld is on track, De Boekweit behind."""
    made = a_joint(world)
    report("a", 52, by=world.reporter, round=world.round)
    report("b", 10, by=world.stranger, round=world.round, status="behind")
    return made


def page_of(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_list_shows_parts_as_rows_and_says_what_they_are(joint, visit):
    page = page_of(visit(), "/afspraken/")
    assert "3 afspraken en 2 delen" in page
    assert '<span class="pa-label">Gezamenlijk doel</span>' in page
    assert page.count('<a class="pa-label" href="/afspraken/17-05/">Deel van 17-05</a>') == 2
    assert "Gemeente Hilversum (coördineert)" in page
    assert "62 van 120 woningen" in page


def test_the_filter_by_party_finds_its_part(joint, visit):
    page = page_of(visit(), "/afspraken/?partij=bw")
    assert "0 afspraken en 1 deel" in page
    assert "17-05b" in page
    assert "17-05a" not in page


def test_the_filter_by_status_says_how_many_of_each(joint, visit):
    page = page_of(visit(), "/afspraken/?status=behind")
    assert "1 afspraak en 1 deel" in page
    counted = page[page.index('value="behind"') :]
    assert counted.index('pa-keuze__n">1<') < counted.index("</label>"), "the whole counts once"


def test_totals_of_the_agreement_count_the_whole_once(joint, world, visit):
    client = visit()
    assert "Zo staan de 3 afspraken van 2017 ervoor" in page_of(client, "/")
    assert "Zo staan de 3 afspraken ervoor." in page_of(client, "/themas/B/")
    overview = page_of(client, "/")
    assert "1 loopt achter." in overview


def test_a_party_owes_its_part_and_who_leads_coordinates(joint, visit):
    client = visit()
    boekweit = page_of(client, "/partijen/bw/")
    assert "Woningcorporatie De Boekweit voert 1 afspraak uit." in boekweit
    assert "17-05b" in boekweit
    municipality = page_of(client, "/partijen/gh/")
    assert "voert in 2017 geen afspraken uit" in municipality
    assert "Dit coördineert Gemeente Hilversum" in municipality
    assert "Woningcorporatie De Boekweit: 1 afspraak" in municipality, "what others owe are their parts"


def test_a_part_says_of_what_it_is_a_part(joint, visit):
    page = page_of(visit(), "/afspraken/17-05a/")
    assert '<a href="/afspraken/17-05/">17-05 Samen 120 woningen opleveren</a>' in page
    assert "70 van de 120 woningen" in page
    assert "Voert uit" in page


def test_the_desk_of_the_tenants_tells_of_the_part_of_their_landlord(joint, world, visit):
    page = page_of(visit(world.chair), "/meekijken/")
    assert "17-05a" in page
    assert ">17-05<" not in page


def test_a_draft_is_for_the_parties_only(world, visit):
    a_joint(world, code="18-05", year=2018)
    assert visit().get("/afspraken/18-05a/").status_code == 404
    assert visit(world.reporter).get("/afspraken/18-05a/").status_code == 200
    assert part("a", "18-05").status == "no_data"
