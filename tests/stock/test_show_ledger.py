"""The pages of the ledger: totals, the floor only when everybody reported, examples labelled, few queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.agreement.operations import note_answer
from agreements.parties.operations import add_party
from agreements.stock.models import OtherCount, StockStatement
from agreements.stock.queries import comparisons, corporations, floors, ledger
from tests.agenda.test_show_agenda import an_item
from tests.stock.statements import a_floor, a_statement, values
from tests.world import SIGNED, TODAY


def compared(world):
    """{certainty: comparison} of the floor of the world."""
    years = ledger(world.agreement, corporations(world.agreement))
    return {one.table.certainty: one for one in comparisons(floors(world.agreement), years)}


def a_corporation(world, key: str, provenance: str = "own"):
    party = add_party(
        by=None,
        on=SIGNED,
        key=key,
        kind="corporation",
        name=f"Corporatie {key}",
        short_name=key,
        provenance=provenance,
    )
    note_answer(
        world.agreement, party, by=None, on=SIGNED, outcome="signed", answered_on=SIGNED, provenance="own"
    )
    return party


def test_hard_and_expected_of_one_year_are_two_tables_and_never_one_sum(world):
    a_statement(world, 2016)
    a_statement(world, 2016, party=world.boekweit, certainty="expected", as_of=TODAY)
    year = {y.year: y for y in ledger(world.agreement, corporations(world.agreement))}[2016]
    assert [table.total.reported_end for table in year.tables] == [4148, 4148]
    assert [[party.key for party in table.silent] for table in year.tables] == [["bw"], ["hv"]]


def test_the_years_of_the_agreement_and_two_before_are_there(world):
    assert [y.year for y in ledger(world.agreement, [])] == [2015, 2016, 2017, 2018, 2019, 2020]


def test_only_the_newest_version_counts_in_the_total(world, client):
    a_statement(world, sold=30)
    a_statement(world, reason="Acht verkopen gemist.")
    a_statement(world, party=world.boekweit)
    page = client.get("/voorraad/").content.decode()
    assert "8.296" in page
    assert "8.304" not in page


def test_the_floor_is_compared_only_when_every_corporation_reported(world, client):
    a_floor(world, 8300)
    a_statement(world, 2020)
    assert compared(world)["expected"].reported is None
    page = client.get("/voorraad/").content.decode()
    assert "Nog niet te vergelijken: van Woningcorporatie De Boekweit zijn geen gegevens." in page
    assert "Nog niet te vergelijken: van geen enkele corporatie zijn er gegevens." in page
    a_statement(world, 2020, party=world.boekweit)
    margin = compared(world)["expected"].reported
    assert (margin.homes, margin.distance, margin.is_below) == (8296, 4, True)
    assert compared(world)["hard"].reported is None
    assert "8.296 woningen, 4 onder de ondergrens" in client.get("/voorraad/").content.decode()


@pytest.mark.parametrize(
    ("floor", "sentence"),
    [(8290, "6 boven de ondergrens"), (8296, "precies op de ondergrens"), (8300, "4 onder de ondergrens")],
)
def test_the_margin_is_written_out(world, client, floor, sentence):
    a_floor(world, floor)
    for party in (world.heideveld, world.boekweit):
        a_statement(world, 2020, party=party)
    assert f"8.296 woningen, {sentence}" in client.get("/voorraad/").content.decode()


def test_when_reported_and_computed_differ_both_are_compared(world, client):
    a_floor(world, 8300)
    a_statement(world, 2020, reported_end=4160, explanation="Gesplitst.")
    a_statement(world, 2020, party=world.boekweit)
    page = client.get("/voorraad/").content.decode()
    assert "8.308 woningen, 8 boven de ondergrens" in page
    assert "Het portaal telt zelf: 8.296 woningen, 4 onder de ondergrens." in page


def test_the_page_says_what_the_floor_counts_and_keeps_other_counts_apart(world, client):
    item = an_item(world)
    floor = a_floor(world, agenda_items=[item])
    OtherCount.objects.create(
        agreement=world.agreement,
        year=2017,
        value=12376,
        definition="Van corporaties (CBS).",
        source=floor.source,
    )
    page = client.get("/voorraad/").content.decode()
    assert "De ondergrens: minstens 8.000 woningen in 2020" in page
    assert "Alle sociale huurwoningen van de corporaties samen." in page
    assert "Bron: Een krant, De Krant." in page
    assert "Andere bronnen tellen anders" in page
    assert "12.376" in page
    assert 'href="/agenda/A-01/"' in page
    assert (
        "De ondergrens is 8.000 sociale huurwoningen in 2020." in client.get("/agenda/A-01/").content.decode()
    )


def test_the_chart_draws_a_total_only_of_all_corporations_and_no_other_count(world, client):
    floor = a_floor(world, 8200)
    OtherCount.objects.create(
        agreement=world.agreement, year=2017, value=12376, definition="Van corporaties.", source=floor.source
    )
    a_statement(world, 2015)
    a_statement(world, 2016, begin=4148)
    assert '<svg class="pa-chart"' not in client.get("/voorraad/").content.decode()
    a_statement(world, 2015, party=world.boekweit)
    a_statement(world, 2019)
    a_statement(world, 2019, party=world.boekweit)
    page = client.get("/voorraad/").content.decode()
    drawing = page.split('<svg class="pa-chart"')[1].split("</svg>")[0]
    assert "Minstens 8.200" in drawing
    assert drawing.count("<circle") == 2, "one hard and one expected total; 2016 misses a corporation"
    assert "<polyline" not in drawing, "hard and expected are never one line"
    assert "12.376" not in drawing


def test_a_sum_with_an_example_in_it_is_labelled(world, client):
    a_statement(world)
    a_statement(world, party=world.boekweit)
    label = '<span class="pa-label pa-label--voorbeeld">voorbeeld</span>'
    page = client.get("/voorraad/").content.decode()
    assert label not in page
    StockStatement.objects.filter(party=world.boekweit).update(provenance="example")
    page = client.get("/voorraad/").content.decode()
    assert f"Samen {label}" in page
    assert f"Eindstand per jaar {label}" in page, "also over the chart"
    assert "In ‘Samen’ zitten ook voorbeeldcijfers." in page


def test_what_an_invented_corporation_states_is_an_example(world):
    world.heideveld.provenance = "example"
    world.heideveld.save()
    assert a_statement(world).provenance == "example"
    assert a_statement(world, party=world.boekweit).provenance == "own"


def test_only_who_may_state_sees_where_to_do_so(world, visit):
    for name, sees in (("reporter", True), ("director", True), ("coordinator", False), ("stranger", False)):
        page = visit(world.cast[name]).get("/voorraad/").content.decode()
        assert ("/voorraad/hv/opgeven/2017/" in page) == sees, name
        assert (
            "/voorraad/hv/opgeven/2017/" in visit(world.cast[name]).get("/voorraad/hv/").content.decode()
        ) == sees
    assert "/opgeven/" not in visit().get("/voorraad/").content.decode()


def test_without_any_statement_the_page_says_so(world, client):
    page = client.get("/voorraad/").content.decode()
    assert "Geen gegevens: geen enkele corporatie heeft iets opgegeven over 2015." in page
    assert "Geen gegevens." in client.get("/voorraad/hv/").content.decode()


def test_the_overview_and_the_year_lead_to_the_ledger(world, client):
    world.homes.is_key_figure, world.homes.value, world.homes.as_of = True, 52, date(2017, 9, 30)
    world.homes.save()
    for address in ("/", "/jaarschijven/2018/"):
        assert 'href="/voorraad/"' in client.get(address).content.decode()


def statements(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def fill(world, parties):
    """Three versions in both certainties of every year, for each of these corporations."""
    StockStatement.objects.bulk_create(
        StockStatement(
            **{**values(year), "certainty": certainty, "reason": "Beter geteld."},
            party=party,
            year=year,
            number=number,
            key=f"{party.pk:08d}-{year}-{number:04d}-{certainty == 'hard':04d}-000000000000",
            provenance="own",
            submitted_on=TODAY,
            submitted_by=world.reporter,
        )
        for party in parties
        for year in range(2015, 2021)
        for certainty in ("hard", "expected")
        for number in (1, 2, 3)
    )


def test_pages_ask_the_database_as_much_with_20_corporations_as_with_2(world, visit):
    a_floor(world)
    fill(world, [world.heideveld, world.boekweit])
    pages = ("/voorraad/", "/voorraad/hv/", "/voorraad/hv/opgeven/2017/")
    client = visit(world.reporter)
    before = {path: statements(client, path) for path in pages}
    fill(world, [a_corporation(world, f"c{n}") for n in range(18)])
    assert {path: statements(client, path) for path in pages} == before
