"""The cycle of the year with its grounds, and the road of 2016-2017 as the letter tells it."""

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from agreements.exchange import dataset
from agreements.process.models import ProcessStep
from agreements.process.operations import add_process_step
from tests.world import TODAY


def test_the_calendar_names_the_articles_of_law(db, client):
    page = client.get("/jaarkalender/").content.decode()
    for ground in ("Woningwet artikel 44a", "1 juli", "Vóór 15 december", "Woningwet artikel 44, vierde lid"):
        assert ground in page
    assert "Planning voor" not in page


def test_the_road_of_2017_is_told_with_its_source(db, client):
    dataset.load("hilversum_2017", on=TODAY)
    for address in ("/jaarschijven/2017/", "/"):
        page = client.get(address).content.decode()
        for told in (
            "17\N{NO-BREAK SPACE}november 2016",
            "16\N{NO-BREAK SPACE}februari 2017",
            "Voor de zomer van 2016",
        ):
            assert told in page, address
        assert "Advies van de commissie Ruimte" in page
    assert "Zo kwamen de afspraken tot stand" not in client.get("/jaarschijven/2018/").content.decode()
    assert not ProcessStep.objects.exclude(provenance="sourced", source__code="SEED").exists()
    assert ProcessStep.objects.count() == 8


def test_the_pages_ask_as_much_of_many_steps_as_of_one(world, client):
    def statements(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    def add(number: int) -> None:
        title = f"Stap {number}"
        fields = {
            "title": title,
            "who": "gemeente",
            "period": "zomer",
            "text": "Er gebeurde iets.",
            "provenance": "own",
        }
        add_process_step(world.homes.year_slice, on=TODAY, **fields)

    add(1)
    before = [statements(address) for address in ("/jaarschijven/2017/", "/", "/jaarkalender/")]
    for number in range(2, 12):
        add(number)
    assert [statements(address) for address in ("/jaarschijven/2017/", "/", "/jaarkalender/")] == before


def test_a_step_without_any_time_is_refused(world):
    fields = {"title": "Stap", "who": "gemeente", "text": "Er gebeurde iets.", "provenance": "own"}
    with pytest.raises(IntegrityError):
        add_process_step(world.homes.year_slice, on=TODAY, **fields)
