"""The chart of a commitment: every round, what was counted and where it comes from, and the table behind it."""

import re
from datetime import date

import pytest

from agreements.progress.models import Measurement, ReportingRound
from agreements.progress.operations import close_round
from agreements.public.charts import definitions, moments
from tests.world import TODAY, a_round, an_indicator, an_update

QUARTERS = {1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}


@pytest.fixture
def year(world):
    """A function that reports a value in a round that closes then; None: nothing is reported."""
    ReportingRound.objects.all().delete()

    def report(quarter: int, value: int | None) -> None:
        as_of = date(2017, *QUARTERS[quarter])
        name = f"Kwartaal {quarter} 2017"
        round_ = a_round(world.homes.year_slice, f"2017-K{quarter}", name, as_of, due_on=as_of)
        if value is not None:
            an_update(world, value=value, round=round_, on=as_of)
        close_round(round_, by=None, on=as_of)

    return report


def shown(client) -> str:
    page = client.get("/afspraken/17-01/").content.decode()
    return page[page.index('id="voortgang"') : page.index('id="tekst"')].replace("\xa0", " ")


def table(page: str) -> list[str]:
    rows = re.findall(r"<tr>(.*?)</tr>", page[page.index("Bekijk deze cijfers als tabel") :])
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows][1:]


def test_all_rounds_stand_in_the_chart_and_silence_breaks_the_line(world, year, client):
    for quarter, value in ((1, 14), (2, None), (3, 52)):
        year(quarter, value)
    page = shown(client)
    assert table(page) == [
        "Start 0 0",
        "Kwartaal 1 geen 14",
        "Kwartaal 2 35 nog niet bekend",
        "Kwartaal 3 54 52",
    ]
    assert "Geen gegevens voor: Kwartaal 2. Daar is de lijn onderbroken." in page
    assert page.count('class="c-line" points') == 2, "one piece before the gap, on two widths of screen"


def test_under_the_chart_stands_what_was_counted_and_by_whom(world, year, client):
    world.homes.target.indicator.__class__.objects.update(supplied_by="het bouwregister")
    year(1, 14)
    page = shown(client)
    assert "<strong>Wat is er geteld?</strong> Alles wat meetelt. Gebied:" in page
    assert "<strong>Bron:</strong> het bouwregister, doorgegeven door Woonstichting Heideveld." in page


def test_another_way_of_counting_is_another_line_and_both_are_explained(world, year, client):
    year(1, 14)
    year(2, 36)
    rooms = an_indicator("rooms", definition="Ook kamers tellen mee.")
    Measurement.objects.update(indicator=rooms)
    year(3, 52)
    year(4, 84)
    page = shown(client)
    assert "De manier van tellen is veranderd. Daarom staan er losse lijnen." in page
    assert (
        "Kwartaal 1 2017 tot en met kwartaal 2 2017:</strong> indicator rooms. Ook kamers tellen mee." in page
    )
    assert "Kwartaal 3 2017 tot en met kwartaal 4 2017:</strong> indicator homes. Alles wat meetelt." in page
    assert "Kwartaal 2 35 36 (anders geteld)" in table(page)
    assert "Kwartaal 3 54 52" in table(page)
    lines = re.findall(r'class="c-line" points="([^"]+)"', page)
    assert [len(line.split()) for line in lines[:2]] == [3, 2], "never one line over both"


def test_counting_as_before_again_is_said_too(world, year):
    for quarter in (1, 2, 3):
        year(quarter, 10 * quarter)
    rooms = an_indicator("rooms")
    Measurement.objects.filter(update__round__code="2017-K2").update(indicator=rooms)
    updates = list(world.homes.updates.order_by("number").select_related("round", "measurement__indicator"))
    found = [(indicator.key, first, last) for indicator, first, last in definitions(updates)]
    names = [f"Kwartaal {quarter} 2017" for quarter in (1, 2, 3)]
    assert found == [(key, name, name) for key, name in zip(("homes", "rooms", "homes"), names, strict=True)]
    drawn = moments(world.homes, updates, [])
    assert [moment.definition for moment in drawn if moment.value] == ["homes", "rooms", "homes"]


def test_without_a_figure_there_is_no_chart_and_no_table(world, client):
    assert "Bekijk deze cijfers als tabel" not in shown(client)
    an_update(world, on=TODAY)
    assert "Bekijk deze cijfers als tabel" in shown(client)
