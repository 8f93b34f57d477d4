"""Making a report can be stopped, and how far it is is told truly."""

import pytest
from django.test import override_settings

from agreements.access.refusals import Refused
from agreements.reports import document
from agreements.reports.models import Report
from agreements.reports.operations import cancel_report, create_report, render_report
from agreements.reports.progress import Progress
from tests.reports.builders import a_draft, a_published
from tests.world import TODAY

pytestmark = pytest.mark.usefixtures("no_worker")


def test_a_report_in_the_making_is_stopped_and_the_renderer_ends_at_the_next_page(world, visit, monkeypatch):
    report = create_report(world.round, by=world.coordinator, on=TODAY)
    heard = []

    def render(snapshot, *, on_progress, has_signature):
        on_progress(1)
        heard.append(Report.objects.get(pk=report.pk).progress)
        assert visit(world.colleague).post(f"/rapportages/{report.number}/stoppen/").status_code == 303
        on_progress(2)
        heard.append("went on")

    monkeypatch.setattr(document, "render", render)
    render_report.call(report.pk)
    report.refresh_from_db()
    assert (report.state, report.draft_sha256) == ("cancelled", "")
    assert len(heard) == 1
    assert heard[0] > 0


def test_the_child_is_gone_when_it_is_stopped(world, monkeypatch):
    from agreements.reports.operations import report as making

    report = create_report(world.round, by=world.coordinator, on=TODAY)
    pages = []

    def note(noted, percent, step):
        pages.append(step)
        if len(pages) > 1:
            cancel_report(noted, by=world.coordinator, on=TODAY)
            raise making.Cancelled

    monkeypatch.setattr(making, "note_progress", note)
    render_report.call(report.pk)
    report.refresh_from_db()
    assert (report.state, len(pages)) == ("cancelled", 2)


def test_a_draft_is_put_away_but_what_is_public_is_not(world, page_of_a_report):
    assert (
        cancel_report(a_draft(world, page_of_a_report), by=world.coordinator, on=TODAY).state == "cancelled"
    )
    with pytest.raises(Refused, match="De stand is: Gepubliceerd"):
        cancel_report(a_published(world, page_of_a_report), by=world.coordinator, on=TODAY)


def test_the_percentage_never_goes_back_and_ends_below_a_hundred():
    progress = Progress(40)
    said = [progress.after(page)[0] for turn in range(3) for page in range(1, 41)]
    assert said == sorted(said)
    assert said[39] > 30
    assert said[-1] == 90


def test_a_renderer_that_is_killed_leaves_a_reason_and_the_report_can_be_made_again(world):
    report = create_report(world.round, by=world.coordinator, on=TODAY)
    with override_settings(PDF_TIMEOUT=0):
        render_report.call(report.pk)
    report.refresh_from_db()
    assert report.state == "failed"
    assert "0 seconden" in report.failure or "fout in het programma" in report.failure
    assert cancel_report(report, by=world.coordinator, on=TODAY).state == "cancelled"
