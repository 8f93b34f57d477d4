"""The road of all years: how many commitments and agenda items, what was decided, the phase and the next day."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.agenda.operations import decide_fate
from agreements.agreement.models import YearSlice
from agreements.agreement.operations import set_year_slice
from agreements.process.operations import set_deadlines
from tests.agenda.test_show_agenda import an_item
from tests.world import TODAY


def cells(page: str, year: int) -> dict[str, str]:
    """{name of the column: what stands there} for the year in the table."""
    rows = page.split("naast-elkaar")[-1].split("<tr>")
    row = next(row for row in rows if f'">{year}</a></th>' in row)
    found = (cell.split('data-label="')[1] for cell in row.split("<td")[1:])
    return {cell.split('"')[0]: cell.split(">", 1)[1].split("</td>")[0] for cell in found}


def test_four_years_stand_beside_each_other(world, client):
    for year in (2019, 2020):
        set_year_slice(world.agreement, year, by=None, on=TODAY, phase="agenda")
    done, later = an_item(world, until=2020), an_item(world, "A-02")
    an_item(world, "A-03")
    given = {"by": None, "on": TODAY, "year": 2018}
    decide_fate(done, kind="concretised", commitments=[world.draft], **given)
    decide_fate(later, kind="postponed", to_year=2019, reason="Wij wachten op de regio.", **given)
    days = {YearSlice.Phase.BID: date(2017, 7, 1), YearSlice.Phase.CONSULTATION: date(2017, 12, 1)}
    set_deadlines(world.draft.year_slice, by=None, on=TODAY, days=days)
    page = client.get("/jaarschijven/").content.decode()
    assert cells(page, 2017)["Afspraken"] == "2"
    found = cells(page, 2018)
    assert "Consultatie uiterlijk klaar op 1\N{NO-BREAK SPACE}december 2017" in found["Fase"]
    assert "nog niet openbaar" in found["Afspraken"]
    assert [
        found[name] for name in ("Agendapunten", "Afspraak gemaakt", "Doorgeschoven", "Nog te besluiten")
    ] == list("3111")
    assert cells(page, 2019)["Agendapunten"] == "2", "one for three years and one that was postponed"
    assert cells(page, 2020)["Agendapunten"] == "1"
    assert "Consultatie uiterlijk klaar op" in client.get("/").content.decode()


def test_the_parties_read_how_many_drafts_there_are(world, visit):
    assert cells(visit(world.reporter).get("/jaarschijven/").content.decode(), 2018)["Afspraken"] == "1"


def test_more_items_and_days_ask_as_much(world, client):
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/jaarschijven/").status_code == 200
        return len(captured)

    an_item(world)
    before = statements()
    for number in range(2, 9):
        an_item(world, f"A-{number:02}", until=2020)
    set_year_slice(world.agreement, 2019, by=None, on=TODAY, phase="agenda")
    set_deadlines(world.draft.year_slice, by=None, on=TODAY, days={YearSlice.Phase.BID: date(2017, 7, 1)})
    assert statements() == before
