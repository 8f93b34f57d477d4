"""What is missing, too long, full, killed or away: a clear message, a retry, no half publication, earlier reports untouched."""

import os
import resource
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from agreements.documents import store
from agreements.history.models import Event
from agreements.pdf import render
from agreements.pdf.keys import load_seal
from agreements.pdf.seal import seal_pdf
from agreements.reports import document
from agreements.reports.models import Report
from agreements.reports.operations import create_report, render_report
from agreements.reports.subject import Subject
from tests.pdf.conftest import broken_rules, run  # noqa: F401
from tests.reports.builders import a_draft, a_published
from tests.reports.snapshots import a_commitment, a_party, a_snapshot, an_update
from tests.world import TODAY

pytestmark = pytest.mark.one_database


@pytest.fixture
def earlier(world, page_of_a_report, settings) -> Report:
    """A report that was published before things went wrong."""
    tasks = settings.TASKS
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    report = a_published(world, page_of_a_report)
    settings.TASKS = tasks
    return report


def assert_untouched(earlier: Report, client) -> None:
    """The same bytes for everyone, and still the only publication."""
    answer = client.get(f"/rapportages/{earlier.number}.pdf")
    assert b"".join(answer.streaming_content) == store.read(earlier.sha256)
    assert Event.objects.filter(verb="reports.published").count() == 1


def a_sheet(world) -> Report:
    """A short report, which the worker makes at once."""
    subject = Subject(world.round, kind=Report.Kind.COMMITMENT, commitment=world.homes)
    return Report.objects.get(pk=create_report(subject, by=world.coordinator, on=TODAY).pk)


def retried(visit, world, report: Report) -> Report:
    """What becomes of it when the coordinator reads why it failed and tries again."""
    client, address = visit(world.coordinator), f"/rapportages/{report.number}/"
    page = client.get(address).content.decode()
    assert "Het maken is niet gelukt" in page
    assert report.failure in page
    assert client.post(address + "opnieuw/").status_code == 303
    report.refresh_from_db()
    return report


# -- what is in it


def test_the_longest_of_everything_and_nothing_at_all_are_printed_whole_and_conform(broken_rules, run):  # noqa: F811
    """A title of 400 characters, 2,000 words, a party without anything; and a report without a commitment or figure."""
    words = " ".join(f"woord{number}" for number in range(2000))
    rows = [
        a_commitment(
            "17-01", title="Zeer lange titel " * 23 + "einde-titel", updates=[an_update(explanation=words)]
        ),
        a_commitment("17-02", title="Eén-lang-woord-" * 20, target=None, updates=[], status="no_data"),
    ]
    parties = [a_party("Ł" * 150), a_party("Zonder logo", "declined", statement="")]
    longest, nothing = (
        document.render(snapshot, on_progress=lambda page: None).data
        for snapshot in (a_snapshot(*rows, signatories=parties), a_snapshot(signatories=[]))
    )
    sealed = seal_pdf(longest, seal=load_seal(), reason="Proef")

    assert set(broken_rules(sealed=sealed, nothing=nothing).values()) == {"ok"}
    text = run("pdftotext", longest, "-raw", after=("-",))
    assert "einde-titel" in text.replace("-\n", "-").replace("\n", " ")
    assert all(f"woord{number}" in text for number in range(2000))
    assert "Dit is de eerste rapportage" in run("pdftotext", nothing, after=("-",)).replace("\n", " ")


# -- what is not there


def without(name: str, monkeypatch) -> None:
    whole = document.assets

    def others(snapshot):
        return {key: file for key, file in whole(snapshot).items() if key != name}

    monkeypatch.setattr(document, "assets", others)


def test_a_missing_image_is_named_and_later_it_works(world, visit, earlier, monkeypatch):
    with monkeypatch.context() as patch:
        without("status/no_data.svg", patch)
        report = a_sheet(world)
    assert (report.state, report.draft_sha256) == ("failed", "")
    assert report.failure.endswith("Dit bestand is niet meegegeven: status/no_data.svg")
    assert retried(visit, world, report).state == "ready"
    assert_untouched(earlier, visit())


def test_a_file_that_is_gone_from_the_disk_is_named(world, monkeypatch, tmp_path):
    monkeypatch.setattr(document, "STYLE", tmp_path)
    report = a_sheet(world)
    assert (report.state, report.failure) == (
        "failed",
        "De pdf kon niet worden gemaakt. Het bestand rapport.css ontbreekt.",
    )


def test_a_missing_font_is_named_and_later_it_works(world, visit, earlier, monkeypatch, tmp_path):
    fonts = shutil.copytree(render.FONTS, tmp_path / "fonts")
    (fonts / "SourceSans3-Bold.ttf.woff").unlink()
    with monkeypatch.context() as patch:
        patch.setattr(render, "FONTS", fonts)
        report = a_sheet(world)
    assert (report.state, report.draft_sha256) == ("failed", "")
    assert report.failure.endswith("Het lettertype SourceSans3-Bold.ttf.woff ontbreekt op de server.")
    assert retried(visit, world, report).state == "ready"
    assert_untouched(earlier, visit())


# -- what stops halfway


def test_a_renderer_that_is_killed_is_told_and_later_it_works(world, visit, earlier, monkeypatch):
    given = document.render_pdf

    def killed(html, *, on_progress, **options):
        def kill(page: int) -> None:
            for child in Path("/proc/self/task").glob("*/children"):
                for process in child.read_text().split():
                    if b"agreements.pdf.child" in Path(f"/proc/{process}/cmdline").read_bytes():
                        os.kill(int(process), signal.SIGKILL)

        return given(html, on_progress=kill, **options)

    with monkeypatch.context() as patch:
        patch.setattr(document, "render_pdf", killed)
        report = a_sheet(world)
    assert (report.state, report.draft_sha256) == ("failed", "")
    assert retried(visit, world, report).state == "ready"
    assert_untouched(earlier, visit())


@contextmanager
def full_disk(most: int) -> Iterator[None]:
    """No file of this process, or of its children, may grow beyond so many bytes."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def test_a_disk_that_does_not_work_while_rendering_is_told_and_later_it_works(
    world, visit, earlier, settings, tmp_path
):
    right, broken = settings.STORE, tmp_path / "geen-map"
    broken.write_text("a file where the folder should be")
    settings.STORE = broken / "bestanden"
    report = a_sheet(world)
    settings.STORE = right
    assert (report.state, report.failure) == ("failed", store.NotStored.reason)
    assert retried(visit, world, report).state == "ready"
    assert_untouched(earlier, visit())


def test_a_disk_that_is_full_while_publishing_publishes_nothing(
    world, visit, earlier, page_of_a_report, no_worker, settings
):
    report = a_draft(world, page_of_a_report)
    before = sorted(Path(settings.STORE).rglob("*"))
    client, address = visit(world.colleague), f"/rapportages/{report.number}/publiceren/"
    with full_disk(20_000):
        answer = client.post(address)
    assert answer.status_code == 422
    assert "De schijf van het portaal is vol of werkt niet." in answer.content.decode()
    assert [path for path in Path(settings.STORE).rglob("*") if path.is_file() and path not in before] == []
    assert_untouched(earlier, client)
    assert client.post(address).status_code == 303


@pytest.mark.parametrize("fault", ["slow", "nonce", "nonsense", "no list", "down"])
def test_a_time_stamp_service_that_fails_publishes_nothing_and_later_it_works(
    world, visit, page_of_a_report, no_worker, time_service, settings, fault
):
    report, right = a_draft(world, page_of_a_report), settings.TIMESTAMP_URL
    client, address = visit(world.colleague), f"/rapportages/{report.number}/publiceren/"
    time_service.fault = fault
    if fault == "down":
        settings.TIMESTAMP_URL = "http://127.0.0.1:9/"
    answer = client.post(address)
    assert answer.status_code == 422
    assert "Verzegelen lukt nu niet. De " in answer.content.decode()
    assert "Er is niets gepubliceerd." in answer.content.decode()
    report.refresh_from_db()
    assert (report.state, report.sha256) == ("ready", "")
    time_service.fault, settings.TIMESTAMP_URL = "", right
    assert client.post(address).status_code == 303
    report.refresh_from_db()
    assert (report.state, report.seal_level) == ("published", "B-LTA")
    assert "PAdES B-LTA" in client.get(f"/rapportages/{report.number}/").content.decode()


def test_a_worker_that_died_can_be_followed_by_another(world, page_of_a_report, no_worker):
    """What the first left behind does no harm, and only one result counts."""
    report = a_draft(world, page_of_a_report)
    Report.objects.filter(pk=report.pk).update(state="cancelled")
    render_report.call(report.pk)
    assert Report.objects.get(pk=report.pk).state == "cancelled"
