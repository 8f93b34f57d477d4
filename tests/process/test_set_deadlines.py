"""Each phase has a day before which it should be done; the law gives two of them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from agreements.agreement.models import YearSlice
from agreements.history.queries import timeline
from agreements.process.models import PhaseDeadline
from agreements.process.operations import set_deadlines
from agreements.process.queries import planned_days
from tests.world import TODAY

ADDRESS = "/jaarschijven/2018/planning/"
DAYS = {
    "bid": "1-7-2017",
    "concept": "17-11-2017",
    "consultation": "8 december 2017",
    "signing": "15-12-2017",
}
Phase = YearSlice.Phase


@pytest.fixture
def year_slice(world) -> YearSlice:
    return world.draft.year_slice


def test_law_and_practice_propose_the_days(year_slice, visit, world):
    assert planned_days(year_slice)[Phase.BID] == date(2017, 7, 1)
    assert planned_days(year_slice)[Phase.SIGNING] == date(2017, 12, 15)
    page = visit(world.coordinator).get(ADDRESS).content.decode()
    assert 'value="01-07-2017"' in page
    assert "Woningwet artikel 44a." in page


def test_the_days_are_in_the_calendar_and_with_the_phases(world, visit, year_slice):
    answer = visit(world.coordinator).post(ADDRESS, DAYS)
    assert (answer.status_code, answer["Location"]) == (303, "/jaarschijven/2018/")
    assert "Uiterlijk 8\N{NO-BREAK SPACE}december 2017" in visit().get("/jaarschijven/2018/").content.decode()
    page = visit().get("/jaarkalender/").content.decode()
    assert "vrijdag 15\N{NO-BREAK SPACE}december 2017" in page
    assert "Planning voor" in page
    assert list(PhaseDeadline.objects.values_list("phase", "is_statutory")) == [
        ("bid", True),
        ("concept", False),
        ("consultation", False),
        ("signing", True),
    ]


def test_saving_the_same_days_again_records_nothing(world, visit, year_slice):
    client = visit(world.coordinator)
    client.post(ADDRESS, DAYS)
    before = timeline(year_slice).count()
    assert client.post(ADDRESS, DAYS).status_code == 303
    assert timeline(year_slice).count() == before
    client.post(ADDRESS, {**DAYS, "concept": "16-11-2017"})
    assert (
        timeline(year_slice)
        .first()
        .sentence.endswith("uiterste datums: concept 16\N{NO-BREAK SPACE}november 2017.")
    )


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"bid": "2-7-2017"}, "Volgens de wet moet dit uiterlijk op 1\N{NO-BREAK SPACE}juli 2017"),
        ({"signing": "16-12-2017"}, "Volgens de wet moet dit uiterlijk op 15\N{NO-BREAK SPACE}december 2017"),
        ({"consultation": "16-11-2017"}, "Deze dag ligt vóór die van de vorige fase."),
        ({"concept": "ooit"}, "Vul een datum in, bijvoorbeeld 31-12-2017."),
        ({"concept": ""}, "Beantwoord de vraag"),
    ],
)
def test_a_wrong_day_gets_a_sentence(world, visit, wrong, sentence):
    answer = visit(world.coordinator).post(ADDRESS, {**DAYS, **wrong})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not PhaseDeadline.objects.exists()


def test_only_coordinators_plan_and_only_what_is_not_adopted(world, visit):
    for name in ("reporter", "director", "chair", "councillor", "stranger"):
        assert visit(world.cast[name]).get(ADDRESS).status_code == 403, name
    assert visit(world.coordinator).get("/jaarschijven/2017/planning/").status_code == 403


def test_a_data_set_may_set_some_of_the_days(year_slice):
    assert len(set_deadlines(year_slice, by=None, on=TODAY, days={Phase.BID: date(2017, 6, 30)})) == 1
    with pytest.raises(ValidationError):
        set_deadlines(year_slice, by=None, on=TODAY, days={Phase.BID: date(2017, 7, 2)})
