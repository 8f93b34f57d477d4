"""Reports of the world in a few milliseconds: the PDF behind them is one page that was rendered once."""

from agreements.agreement.models import YearSlice
from agreements.documents import store
from agreements.reports.models import Report
from agreements.reports.operations import create_report, publish_report
from agreements.reports.subject import Subject
from tests.world import TODAY, World


def a_draft(world: World, pdf: bytes, **about) -> Report:
    """A report that the coordinator made and that is ready to be read; the worker was never asked.

    Needs the fixture `no_worker`. `about`: as in Subject; the third round unless told otherwise.
    """
    subject = Subject(**{"round": world.round, **about})
    report = create_report(subject, by=world.coordinator, on=TODAY)
    return make_ready(report, pdf)


def make_ready(report: Report, pdf: bytes) -> Report:
    """As the worker leaves it."""
    sha256 = store.keep(pdf)
    Report.objects.filter(pk=report.pk).update(state="ready", draft_sha256=sha256, pages=1, progress=100)
    return Report.objects.get(pk=report.pk)


def a_published(world: World, pdf: bytes, **about) -> Report:
    """The same, published by the colleague."""
    return publish_report(a_draft(world, pdf, **about), by=world.colleague, on=TODAY)


def adopted(world: World) -> YearSlice:
    return world.homes.year_slice
