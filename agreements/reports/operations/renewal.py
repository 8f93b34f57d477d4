"""Making the proof in a published file last longer, in the worker: a newer time stamp behind what is there."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from agreements.documents.models import LASTING_FIELDS
from agreements.history.operations import record
from agreements.reports.models import EarlierFile, Report
from agreements.reports.sealing import FinishedFile, renewed_file
from agreements.web.formats import dutch_date


def renew_reports(*, on: date) -> None:
    """Put the renewal in the queue of every published report for which it is time."""
    while found := _claim():
        renew_report.enqueue(found.pk, on.isoformat())


@transaction.atomic
def _claim() -> Report | None:
    """A report that is due, put off until tomorrow: then it comes again when this does not work, or the worker dies."""
    due = Report.objects.filter(state=Report.State.PUBLISHED, renew_at__lte=timezone.now())
    found = due.select_for_update(skip_locked=True, of=("self",)).defer("snapshot").first()
    if found:
        found.postpone_renewal(found.renewal_failure)
        found.save(update_fields=LASTING_FIELDS)
    return found


@task()
def renew_report(report_id: int, on: str) -> None:
    """Renew the proof of one report, in the worker; `on` is a day in ISO 8601. Doing it twice is harmless."""
    report = Report.objects.defer("snapshot").get(pk=report_id)
    if report.state != Report.State.PUBLISHED:
        return
    try:
        finished = renewed_file(report.sha256)
    except ValidationError as error:
        _note_failure(report, " ".join(error.messages))
        return
    _replace_file(report, finished, on=date.fromisoformat(on))


def _note_failure(report: Report, reason: str) -> None:
    report.postpone_renewal(reason)
    report.save(update_fields=LASTING_FIELDS)


@transaction.atomic
def _replace_file(report: Report, finished: FinishedFile, *, on: date) -> None:
    """From now on the longer file is handed out; the one before stays known as ours."""
    current = Report.objects.select_for_update().defer("snapshot").get(pk=report.pk)
    if current.sha256 != report.sha256 or current.size is None:  # another worker was first
        return
    earlier = current.sha256
    EarlierFile.objects.create(report=current, sha256=earlier, size=current.size, replaced_at=timezone.now())
    current.sha256, current.size = finished.sha256, finished.size
    current.note_proof(finished.proof_ends_at)
    current.save(update_fields=("sha256", "size", *LASTING_FIELDS))
    assert finished.proof_ends_at is not None
    until = dutch_date(timezone.localdate(finished.proof_ends_at))
    sentence = (
        f"Het bewijs in rapportage {current.number} verlengd tot {until}. De inhoud is gelijk gebleven."
    )
    record(
        "reports.renewed",
        current,
        by=None,
        on=on,
        sentence=sentence,
        data={"sha256": current.sha256, "earlier": earlier},
    )
