"""A closed round is opened again with a reason, and what closing did is put right."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.commitments.models import Commitment
from agreements.history.models import Event
from agreements.progress.operations import close_round, reopen_round
from agreements.progress.queries import how_far, rounds
from tests.progress.sheets import many
from tests.world import TODAY, a_closed_round, a_round, an_update

ADDRESS = "/rondes/2017-K3/heropenen/"
WHY = {"reason": "Heideveld kon door een storing niets doorgeven."}


@pytest.fixture
def second(world):
    """The second quarter, in which homes was reported, closed."""
    year = world.homes.year_slice
    round_ = a_round(year, "2017-K2", "Tweede kwartaal 2017", date(2017, 6, 30), due_on=date(2017, 7, 14))
    an_update(world, round=round_, value=36, on=date(2017, 7, 10))
    return close_round(round_, by=None, on=date(2017, 7, 20))


def status(code: str = "17-01") -> str:
    return Commitment.objects.get(code=code).status


def test_no_data_that_came_of_closing_is_put_right(world, visit, second):
    close_round(world.round, by=world.coordinator, on=TODAY)
    assert status() == "no_data"
    client = visit(world.coordinator)
    assert client.post(ADDRESS, {"reason": ""}).status_code == 422
    assert client.post(ADDRESS, WHY)["Location"] == "/rondes/"
    assert (status(), status("17-02")) == ("on_track", "no_data")
    assert Event.objects.get(verb="progress.round_reopened").why == WHY["reason"]
    assert WHY["reason"] in client.get("/rondes/").content.decode()
    an_update(world, value=54)
    assert status() == "on_track"


def test_an_older_round_keeps_what_a_later_one_says(world, second):
    an_update(world, value=54, status="at_risk")
    reopen_round(second, by=world.coordinator, on=TODAY, reason=WHY["reason"])
    assert status() == "at_risk"
    an_update(world, round=second, value=35, status="on_track")
    found = Commitment.objects.get(code="17-01")
    assert (found.status, found.value) == ("at_risk", 54), "the later round says how it stands"


def test_silence_in_a_later_closed_round_stays(world, second):
    close_round(world.round, by=world.coordinator, on=TODAY)
    reopen_round(second, by=world.coordinator, on=TODAY, reason=WHY["reason"])
    assert status() == "no_data"


def test_an_open_round_is_not_reopened(world, visit):
    assert visit(world.coordinator).get(ADDRESS).status_code == 403


def test_the_sheet_of_an_older_round_takes_corrections(world, visit, second):
    reopen_round(second, by=world.coordinator, on=TODAY, reason=WHY["reason"])
    page = visit(world.reporter).get("/afspraken/17-01/voortgang/?ronde=2017-K2").content.decode()
    assert "Waarom verbetert u uw eerdere antwoord?" in page
    assert "Tweede kwartaal 2017" in page
    assert "/rondes/2017-K2/opgave/" in visit(world.reporter).get("/mijn-taken/").content.decode()


def test_the_overview_counts_each_party(world, visit):
    an_update(world)
    page = visit(world.coordinator).get("/rondes/").content.decode()
    assert "1 van 2" in page
    closing = visit(world.coordinator).get("/rondes/2017-K3/sluiten/").content.decode()
    assert "1 van 2" in closing


def test_the_overview_asks_as_much_of_many_rounds_and_commitments(world):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            how_far(rounds())
        return len(captured)

    few = queries()
    many(world, 20)
    for month in (3, 6):
        day = date(2017, month, 30)
        a_closed_round(world, f"2017-0{month}", f"Ronde {month}", day)
    an_update(world, key=uuid4())
    assert queries() == few
