"""Making, publishing and retrying reports."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from agreements.accounts.models import User
from agreements.documents import store
from agreements.history.operations import record
from agreements.history.queries import checkpoint
from agreements.pdf.keys import Seal, SealUnavailable, load_seal, trusted_roots
from agreements.pdf.render import RenderFailed
from agreements.pdf.seal import seal_pdf
from agreements.pdf.verify import verify_pdf
from agreements.progress.models import ReportingRound
from agreements.reports import document, permissions, queries, snapshot
from agreements.reports.models import Report


@transaction.atomic
def create_report(round_: ReportingRound, *, by: User, on: date) -> Report:
    """Freeze the snapshot of a round and ask the worker to render it. The report comes back in RENDERING."""
    permissions.create_report(by=by)
    ReportingRound.objects.select_for_update().get(pk=round_.pk)  # two at once would take the same number
    last = queries.published().first()
    number = f"PA-{round_.code}-{Report.objects.filter(round=round_).count() + 1}"
    title = f"Voortgang tot en met het {round_.name.lower()}"
    anchor = checkpoint()
    heading = {"number": number, "title": title, "created_on": on.isoformat(), "checkpoint": anchor}
    frozen = snapshot.take(round_, heading=heading, previous=queries.snapshot_of(last) if last else None)
    text, sha256 = snapshot.canonical(frozen)
    report = Report.objects.create(
        number=number,
        round=round_,
        title=title,
        previous=last,
        snapshot=text,
        snapshot_sha256=sha256,
        checkpoint_count=anchor["count"],
        checkpoint_digest=anchor["digest"],
        created_on=on,
        created_by=by,
    )
    record(
        "reports.created",
        report,
        by=by,
        on=on,
        sentence=f"Rapportage {number} gemaakt.",
        data={"snapshot": sha256},
    )
    render_report.enqueue(report.pk)
    return report


@transaction.atomic
def retry_report(report: Report, *, by: User, on: date) -> Report:
    """Render a failed or stalled report again, from the same snapshot."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    permissions.retry_report(report, by=by)
    report.state, report.failure, report.progress, report.step = Report.State.RENDERING, "", 0, ""
    report.heartbeat_at = timezone.now()
    report.save(update_fields=["state", "failure", "progress", "step", "heartbeat_at"])
    record("reports.retried", report, by=by, on=on, sentence=f"Rapportage {report.number} opnieuw gestart.")
    render_report.enqueue(report.pk)
    return report


@task()
def render_report(report_id: int) -> None:
    """Render, in the worker. Doing it twice is harmless: the same snapshot gives the same bytes."""
    report = Report.objects.get(pk=report_id)
    if report.state != Report.State.RENDERING:
        return
    frozen = queries.snapshot_of(report)
    note_progress(report, 5, "De pagina’s worden opgemaakt.")

    def on_progress(page: int) -> None:
        note_progress(report, min(95, 5 + page), f"Pagina {page} is opgemaakt.")

    try:
        rendered = document.render(frozen, on_progress=on_progress)
    except RenderFailed as failure:
        _finish(report, state=Report.State.FAILED, failure=failure.reason[:300])
        return
    sha256 = store.keep(rendered.data)
    _finish(
        report, state=Report.State.READY, draft_sha256=sha256, pages=rendered.pages, progress=100, step=""
    )


def note_progress(report: Report, percent: int, step: str) -> None:
    """Tell whoever waits how far the rendering is."""
    Report.objects.filter(pk=report.pk).update(progress=percent, step=step, heartbeat_at=timezone.now())


@transaction.atomic
def publish_report(report: Report, *, by: User, on: date) -> Report:
    """Seal the rendered file, verify our own output, and make it public, in one step.

    ValidationError when the seal cannot be set now; the report then stays ready and can be published later.
    """
    report = Report.objects.select_for_update().get(pk=report.pk)
    permissions.publish_report(report, by=by)
    seal = _seal()
    data = seal_pdf(
        store.read(report.draft_sha256), seal=seal, reason=f"Rapportage {report.number} aan de raad"
    )
    if not verify_pdf(data, trust=trusted_roots()).is_genuine:
        raise ValidationError(
            "Het zegel klopt niet bij het nakijken. Er is niets gepubliceerd. Meld dit aan de beheerder."
        )
    report.sha256, report.size, report.sealed_by = store.keep(data), len(data), seal.name
    report.state, report.published_on = Report.State.PUBLISHED, on
    report.published_at, report.published_by = timezone.now(), by
    report.save()
    sentence = f"Rapportage {report.number} verzegeld en gepubliceerd."
    record("reports.published", report, by=by, on=on, sentence=sentence, data={"sha256": report.sha256})
    return report


def _seal() -> Seal:
    try:
        seal = load_seal()
    except SealUnavailable as error:
        raise ValidationError(f"Verzegelen lukt nu niet. {error.reason}") from error
    if not trusted_roots():
        raise ValidationError(
            "Verzegelen lukt nu niet: het portaal weet niet welk certificaat het kan vertrouwen. "
            "De beheerder zet dat in PORTAAL_ZEGEL_VERTROUWD."
        )
    return seal


def _finish(report: Report, **fields: object) -> None:
    """Only a report that is still being rendered can finish: a late second worker changes nothing."""
    Report.objects.filter(pk=report.pk, state=Report.State.RENDERING).update(
        heartbeat_at=timezone.now(), **fields
    )
