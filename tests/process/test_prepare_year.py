"""One action makes the next jaarschijf ready; doing it again changes nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connections

from agreements.agreement.models import YearSlice
from agreements.agreement.operations import set_year_slice
from agreements.history.queries import checkpoint
from agreements.process.models import PhaseDeadline
from agreements.process.operations import prepare_year, set_deadlines
from tests.agenda.test_show_agenda import an_item
from tests.world import TODAY, an_update

ADDRESS = "/jaarschijven/2019/voorbereiden/"


def test_the_jaarschijf_and_its_days_are_made_once(world, visit):
    client = visit(world.coordinator)
    assert "Bereid jaarschijf 2019 voor</button>" in client.get(ADDRESS).content.decode()
    answer = client.post(ADDRESS)
    assert (answer.status_code, answer["Location"]) == (303, ADDRESS)
    made = YearSlice.objects.get(year=2019)
    assert made.phase == "agenda"
    assert PhaseDeadline.objects.get(year_slice=made, phase="bid").due_on == date(2018, 7, 1)
    before = checkpoint()
    assert client.post(ADDRESS).status_code == 303
    assert checkpoint() == before, "nothing changed, nothing recorded"
    assert PhaseDeadline.objects.filter(year_slice=made).count() == 4
    page = client.get(ADDRESS).content.decode()
    assert "Jaarschijf 2019 staat klaar." in page
    assert "Bereid jaarschijf 2019 voor</button>" not in page


def test_what_is_there_stays_as_it_is(world):
    draft = world.draft.year_slice
    set_deadlines(draft, by=None, on=TODAY, days={YearSlice.Phase.BID: date(2017, 6, 20)})
    prepare_year(world.agreement, 2018, by=world.coordinator, on=TODAY)
    assert YearSlice.objects.get(year=2018).phase == "concept"
    assert draft.deadlines.get(phase="bid").due_on == date(2017, 6, 20)
    assert draft.deadlines.count() == 4


def test_proposed_days_follow_a_day_that_was_set_late(world):
    set_deadlines(
        world.draft.year_slice, by=None, on=TODAY, days={YearSlice.Phase.CONCEPT: date(2017, 12, 5)}
    )
    prepare_year(world.agreement, 2018, by=world.coordinator, on=TODAY)
    assert PhaseDeadline.objects.get(phase="consultation").due_on == date(2017, 12, 5)


def test_unfinished_commitments_and_due_items_are_listed(world, visit):
    an_item(world)
    an_item(world, "A-02", year=2019)
    page = visit(world.coordinator).get("/jaarschijven/2018/voorbereiden/").content.decode()
    assert "/afspraken/17-01/" in page
    assert "/afspraken/17-02/" in page
    assert "/agenda/A-01/besluit/2018/" in page
    assert "A-02" not in page
    an_update(world, value=84, status="achieved")
    page = visit(world.coordinator).get("/jaarschijven/2018/voorbereiden/").content.decode()
    assert "/afspraken/17-01/" not in page
    assert "/afspraken/17-02/" in page


def test_drafts_of_the_year_before_are_no_suggestions(world, visit):
    page = visit(world.coordinator).get(ADDRESS).content.decode()
    assert "/afspraken/18-01/" not in page
    assert "Er zijn geen afspraken van het jaar ervoor die nog open staan." in page


def test_coordinators_find_it_with_the_jaarschijven(world, visit):
    address = "/jaarschijven/2018/voorbereiden/"
    assert address in visit(world.coordinator).get("/jaarschijven/").content.decode()
    for person in (None, world.reporter, world.councillor):
        assert address not in visit(person).get("/jaarschijven/").content.decode()


def test_others_and_other_years_are_refused(world, visit):
    for name in ("reporter", "director", "chair", "councillor", "stranger"):
        assert visit(world.cast[name]).post(ADDRESS).status_code == 403, name
    assert not YearSlice.objects.filter(year=2019).exists()
    client = visit(world.coordinator)
    assert client.get("/jaarschijven/2017/voorbereiden/").status_code == 403, "adopted"
    assert client.get("/jaarschijven/2021/voorbereiden/").status_code == 404, "not in the agreement"
    set_year_slice(world.agreement, 2018, by=None, on=TODAY, phase="adopted", adopted_on=TODAY)
    assert client.post("/jaarschijven/2018/voorbereiden/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_people_who_prepare_at_the_same_moment_make_one_year(world):
    start = Barrier(4)

    def prepare(number: int) -> int:
        start.wait(30)
        try:
            return prepare_year(world.agreement, 2019, by=world.coordinator, on=TODAY).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(prepare, range(4)))) == 1
    assert PhaseDeadline.objects.count() == 4
