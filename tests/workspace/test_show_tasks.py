"""Mijn taken: what each role sees."""

from datetime import date, timedelta

import pytest

from agreements.agreement.models import YearSlice
from agreements.process.operations import decline_proposal, set_deadlines, withdraw_proposal
from agreements.progress.models import ReportingRound
from agreements.workspace.queries import Task, count_tasks, tasks_of
from tests.process.heard import a_comment, a_proposal, a_wish, put
from tests.world import TODAY, an_assessment, an_update

pytestmark = pytest.mark.both_databases


def test_a_reporter_sees_what_is_asked_and_by_when(world, visit):
    page = visit(world.reporter).get("/mijn-taken/").content.decode()
    assert "Geef de voortgang door: 84 nieuwe sociale huurwoningen opleveren" in page
    assert "Nog 9 dagen" in page
    assert "vrijdag 24 november 2017" in page.replace("\xa0", " ")
    assert count_tasks(world.reporter) == 2


def test_a_task_goes_when_it_is_done(world):
    an_update(world)
    assert [task.argument for task in tasks_of(world.reporter)] == ["17-02"]


def test_late_is_late(world, visit):
    ReportingRound.objects.update(due_on=date(2017, 11, 10))
    page = visit(world.reporter).get("/mijn-taken/").content.decode()
    assert "5 dagen te laat" in page
    coordinator = visit(world.coordinator).get("/mijn-taken/").content.decode()
    assert "Wie is te laat?" in coordinator
    assert "Woonstichting Heideveld" in coordinator


def test_a_coordinator_is_told_which_drafts_lack_a_figure(world):
    sentences = [task.sentence for task in tasks_of(world.coordinator)]
    assert "Maak de afspraak af: 60 nieuwe woningen" in sentences


def test_without_tasks_there_is_a_kind_word_and_news(world, visit):
    an_assessment(an_update(world), by=world.chair, verdict="agreed")
    page = visit(world.chair).get("/mijn-taken/").content.decode()
    assert "U heeft geen open taken" in page
    assert "84 nieuwe sociale huurwoningen opleveren" in page


def test_strangers_do_not_see_tasks_of_others(world):
    assert tasks_of(world.stranger) == []


def test_in_the_phase_bid_parties_are_asked_until_they_proposed_something(world):
    year_slice = put(world, "bid")
    set_deadlines(year_slice, by=None, on=TODAY, days={YearSlice.Phase.BID: date(2017, 7, 1)})

    def asked(user) -> list[tuple[str, date | None]]:
        fresh = type(user).objects.get(pk=user.pk)
        tasks = [task for task in tasks_of(fresh) if task.address == "process:make_proposal"]
        assert count_tasks(fresh) == len(tasks_of(fresh))
        return [(task.sentence, task.due) for task in tasks]

    bid, wishes = "Doe uw bod voor 2018", "Geef uw wensen voor 2018 door"
    assert asked(world.reporter) == asked(world.director) == [(bid, date(2017, 7, 1))]
    assert asked(world.chair) == [(wishes, date(2017, 7, 1))]
    assert asked(world.coordinator) == asked(world.councillor) == []
    made = a_proposal(world)
    assert asked(world.director) == []
    assert asked(world.chair) != []
    withdraw_proposal(made, by=world.reporter, on=TODAY)
    assert asked(world.director) != []
    put(world, "concept")
    assert asked(world.director) == []


def test_a_coordinator_is_told_what_waits_for_an_answer(world, visit):
    put(world, "consultation")
    a_comment(world)
    year_slice = put(world, "concept")
    set_deadlines(year_slice, by=None, on=TODAY, days={YearSlice.Phase.CONCEPT: date(2017, 11, 17)})
    decline_proposal(a_proposal(world), by=world.coordinator, on=TODAY, version=1, reason="Nee.")
    for _ in range(2):
        a_wish(world)
    waiting = {task.sentence: task for task in tasks_of(world.coordinator) if "Beantwoord" in task.sentence}
    assert set(waiting) == {"Beantwoord 2 voorstellen voor 2018", "Beantwoord 1 opmerking voor 2018"}
    assert {task.due for task in waiting.values()} == {date(2017, 11, 17)}
    page = visit(world.coordinator).get("/mijn-taken/").content.decode()
    assert "/jaarschijven/2018/voorstellen/" in page
    assert "/jaarschijven/2018/opmerkingen/" in page
    assert not [task for task in tasks_of(world.chair) if "Beantwoord" in task.sentence]


def test_who_judges_is_asked_per_party_and_who_executes_is_asked_to_answer(world, visit):
    update = an_update(world)
    page = visit(world.chair).get("/mijn-taken/").content.decode()
    assert "Beoordeel 1 cijfer van Woonstichting Heideveld" in page
    assert "vrijdag 8 december 2017" in page.replace("\xa0", " ")
    assert 'href="/oordelen/2017-K3/?van=hv&amp;voor=hrh"' in page
    assert count_tasks(world.chair) == len(tasks_of(world.chair)) == 1
    before = count_tasks(world.reporter)
    given = an_assessment(update, by=world.chair)
    for user in (world.chair, world.reporter):
        del user._task_count
    assert count_tasks(world.chair) == len(tasks_of(world.chair)) == 0
    assert count_tasks(world.reporter) == len(tasks_of(world.reporter)) == before + 1
    page = visit(world.reporter).get("/mijn-taken/").content.decode()
    assert "Antwoord op 1 afwijkend standpunt: 84 nieuwe sociale huurwoningen opleveren" in page
    assert f'href="/oordelen/antwoord/{given.pk}/"' in page


def test_after_the_window_nobody_is_asked_to_judge(world, settings):
    an_update(world)
    settings.TODAY = date(2017, 12, 8)
    assert count_tasks(world.chair) == 1
    settings.TODAY = date(2017, 12, 9)
    del world.chair._task_count
    assert count_tasks(world.chair) == len(tasks_of(world.chair)) == 0


@pytest.mark.parametrize(
    ("days", "moment"),
    [
        (-1, "Te laat"),
        (0, "Deze week"),
        (4, "Deze week"),  # Sunday
        (5, "Volgende week"),
        (11, "Volgende week"),
        (12, "Later"),
        (None, "Zonder uiterste dag"),
    ],
)
def test_a_task_stands_under_the_week_in_which_it_is_due(days, moment):
    due = None if days is None else TODAY + timedelta(days=days)
    assert Task("Doe iets", ("x",), "Doe het", "workspace:tasks", "", due).moment == moment


def test_tasks_are_grouped_by_when_with_counts_and_one_sentence_says_how_many(world, visit):
    an_update(world, value=52)
    ReportingRound.objects.update(due_on=date(2017, 11, 10))
    page = visit(world.reporter).get("/mijn-taken/").content.decode()
    assert "U moet nu 1 ding doen. Eén daarvan is te laat." in page
    assert 'Te laat <span class="pa-num">(1)</span>' in page
    ReportingRound.objects.update(due_on=date(2017, 11, 24))
    an_update(world, value=53)
    page = visit(world.chair).get("/mijn-taken/").content.decode()
    assert 'Later <span class="pa-num">(1)</span>' in page
    assert page.count("<h4>") == 1
    assert "U hoeft nu niets te doen." in visit(world.stranger).get("/mijn-taken/").content.decode()
