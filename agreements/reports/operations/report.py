"""Making, stopping and retrying reports."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from agreements.accounts.models import User
from agreements.agreement.models import YearSlice
from agreements.documents import store
from agreements.history.operations import record
from agreements.history.queries import checkpoint
from agreements.pdf.render import RenderFailed
from agreements.progress.models import ReportingRound
from agreements.reports import document, permissions, queries, snapshot
from agreements.reports.models import NUMBER_PREFIX, Report
from agreements.reports.progress import Progress
from agreements.reports.subject import Subject


@transaction.atomic
def create_report(
    about: ReportingRound | Subject, *, by: User, on: date, supersedes: Report | None = None, reason: str = ""
) -> Report:
    """Freeze the snapshot and ask the worker to render it. The report comes back in RENDERING.

    `about` a round alone means the ordinary progress report. `supersedes` and `reason`: see `correct_report`.
    """
    permissions.create_report(by=by)
    subject = about if isinstance(about, Subject) else Subject(about)
    number = _next_number(subject)
    previous = supersedes.previous if supersedes else queries.previous_to(subject.kind, subject.round)
    anchor = checkpoint()
    heading: dict[str, Any] = {"number": number, "created_on": on.isoformat(), "checkpoint": anchor}
    heading["supersedes"] = supersedes and {"number": supersedes.number, "reason": reason}
    text, sha256 = _frozen(subject, heading, previous)
    report = Report.objects.create(
        number=number,
        kind=subject.kind,
        round=subject.round,
        year_slice=subject.year_slice,
        commitment=subject.commitment,
        party=subject.party,
        title=subject.title,
        previous=previous,
        supersedes=supersedes,
        correction_reason=reason,
        snapshot=text,
        snapshot_sha256=sha256,
        checkpoint_count=anchor["count"],
        checkpoint_digest=anchor["digest"],
        created_on=on,
        created_by=by,
    )
    data = {"snapshot": sha256}
    record("reports.created", report, by=by, on=on, sentence=f"Rapportage {number} gemaakt.", data=data)
    render_report.enqueue(report.pk)
    return report


def _frozen(subject: Subject, heading: dict[str, Any], previous: Report | None) -> tuple[str, str]:
    """The snapshot as text, and its SHA-256."""
    heading |= {"title": subject.title, "kind": subject.kind}
    before = queries.snapshot_of(previous) if previous else None
    return snapshot.canonical(snapshot.take(subject, heading=heading, previous=before))


def _next_number(subject: Subject) -> str:
    """PA-2017-K3-1: kind, round or year, and how many there were. Two at once would take the same: the year is locked."""
    year = YearSlice.objects.select_for_update().get(pk=subject.year.pk)
    stem = f"{NUMBER_PREFIX[subject.kind]}-{subject.round.code if subject.round else year.year}-"
    return f"{stem}{Report.objects.filter(number__startswith=stem).count() + 1}"


@transaction.atomic
def cancel_report(report: Report, *, by: User, on: date) -> Report:
    """Stop the rendering, or put the draft away. The worker notices at the next page and ends the child."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    permissions.cancel_report(report, by=by)
    report.state, report.step = Report.State.CANCELLED, ""
    report.save(update_fields=["state", "step"])
    record("reports.cancelled", report, by=by, on=on, sentence=f"Rapportage {report.number} gestopt.")
    return report


@transaction.atomic
def retry_report(report: Report, *, by: User, on: date) -> Report:
    """Render a failed or stalled report again, from the same snapshot."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    permissions.retry_report(report, by=by)
    record("reports.retried", report, by=by, on=on, sentence=f"Rapportage {report.number} opnieuw gestart.")
    return render_again(report)


def render_again(report: Report) -> Report:
    """Ask the worker for the PDF once more; inside the transaction that locked the report."""
    report.state, report.failure, report.progress, report.step = Report.State.RENDERING, "", 0, ""
    report.heartbeat_at = timezone.now()
    report.save(update_fields=["state", "failure", "progress", "step", "heartbeat_at"])
    render_report.enqueue(report.pk)
    return report


@task()
def render_report(report_id: int) -> None:
    """Render, in the worker. Doing it twice is harmless: the same snapshot gives the same bytes."""
    report = Report.objects.get(pk=report_id)
    if report.state != Report.State.RENDERING:
        return
    frozen = queries.snapshot_of(report)
    progress = Progress(len(frozen["commitments"]))
    note_progress(report, 0, "De gegevens worden opgehaald.")
    try:
        rendered = document.render(
            frozen,
            has_signature=report.awaits_signature,
            on_progress=lambda page: note_progress(report, *progress.after(page)),
        )
        sha256 = store.keep(rendered.data)
    except Cancelled:
        return
    except RenderFailed as failure:
        _finish(report, state=Report.State.FAILED, failure=failure.reason[:300])
        return
    except (store.NotStored, OSError):  # the latter of the folder in which the child works
        _finish(report, state=Report.State.FAILED, failure=store.NotStored.reason)
        return
    _finish(
        report, state=Report.State.READY, draft_sha256=sha256, pages=rendered.pages, progress=100, step=""
    )


class Cancelled(Exception):
    """Somebody stopped the report while it was being made; the child that renders ends with this."""


def note_progress(report: Report, percent: int, step: str) -> None:
    """Tell whoever waits how far the rendering is. Raises Cancelled when nobody waits any more."""
    running = Report.objects.filter(pk=report.pk, state=Report.State.RENDERING)
    if not running.update(progress=percent, step=step, heartbeat_at=timezone.now()):
        raise Cancelled


def _finish(report: Report, **fields: object) -> None:
    """Only a report that is still being rendered can finish: a late second worker changes nothing."""
    Report.objects.filter(pk=report.pk, state=Report.State.RENDERING).update(
        heartbeat_at=timezone.now(), **fields
    )
