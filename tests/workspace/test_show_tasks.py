"""Mijn taken: what each role sees."""

from datetime import date

from agreements.progress.models import ReportingRound
from agreements.workspace.queries import count_tasks, tasks_of
from tests.world import an_assessment, an_update


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
