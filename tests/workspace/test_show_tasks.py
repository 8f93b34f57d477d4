"""Mijn taken: what each role sees."""

from datetime import date

from agreements.progress.models import ReportingRound
from agreements.workspace.queries import count_tasks, tasks_of
from tests.world import an_update


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
    an_update(world)
    page = visit(world.chair).get("/mijn-taken/").content.decode()
    assert "U heeft geen open taken" in page
    assert "84 nieuwe sociale huurwoningen opleveren" in page


def test_strangers_do_not_see_tasks_of_others(world):
    assert tasks_of(world.stranger) == []
