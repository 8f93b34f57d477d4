"""Publishing, withdrawing and correcting reports."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from agreements.accounts.models import User
from agreements.history.operations import record
from agreements.reports import permissions
from agreements.reports.models import Report
from agreements.reports.operations.report import create_report
from agreements.reports.sealing import FinishedFile, finished_file
from agreements.reports.subject import Subject


def publish_report(report: Report, *, by: User, on: date) -> Report:
    """Seal the rendered file, verify our own output, and make it public, in one step.

    ValidationError when the seal, or the time stamp that belongs to it, cannot be set now; the report then stays
    ready and can be published later. A file is published once and never changes: it does not go out with less
    proof than it should have, to get the rest afterwards.
    """
    report = Report.objects.get(pk=report.pk)
    permissions.publish_report(report, by=by)
    draft = report.draft_sha256
    # Before the transaction: a time stamp service may be slow, and nobody should wait for a lock meanwhile.
    sealed = finished_file(draft, reason=f"Rapportage {report.number} aan de raad")
    with transaction.atomic():
        report = Report.objects.select_for_update().get(pk=report.pk)
        permissions.publish_report(report, by=by)
        check_draft(report, draft)
        make_public(report, sealed, by=by, on=on)
    return report


def check_draft(report: Report, draft_sha256: str) -> None:
    """What goes out is what was read: a draft that was made again meanwhile is not published."""
    if report.draft_sha256 != draft_sha256:
        raise ValidationError(
            "Het concept is net opnieuw gemaakt. Lees het nieuwe concept en ga daarna verder."
        )


def make_public(report: Report, finished: FinishedFile, *, by: User, on: date) -> None:
    """Point the report at its file, for everyone; inside the transaction that locked it."""
    report.sha256, report.size = finished.sha256, finished.size
    report.sealed_by, report.seal_level = finished.sealed_by, finished.level
    report.note_proof(finished.proof_ends_at)
    report.state, report.published_on = Report.State.PUBLISHED, on
    report.published_at, report.published_by = timezone.now(), by
    report.save()
    sentence = f"Rapportage {report.number} verzegeld en gepubliceerd."
    data = {"sha256": report.sha256, "level": report.seal_level}
    record("reports.published", report, by=by, on=on, sentence=sentence, data=data)


@transaction.atomic
def withdraw_report(report: Report, *, by: User, on: date, reason: str) -> Report:
    """Take a published report back. Number, reason and day stay to be read, and the file stays checkable."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    permissions.withdraw_report(report, by=by)
    report.state, report.withdrawn_on = Report.State.WITHDRAWN, on
    report.withdrawn_by, report.withdrawn_reason = by, reason
    report.save(update_fields=["state", "withdrawn_on", "withdrawn_by", "withdrawn_reason"])
    record(
        "reports.withdrawn",
        report,
        by=by,
        on=on,
        sentence=f"Rapportage {report.number} ingetrokken.",
        why=reason,
        data={"sha256": report.sha256},
    )
    return report


@transaction.atomic
def correct_report(report: Report, *, by: User, on: date, reason: str) -> Report:
    """Make a new report that takes the place of this one once it is published. Both stay to be read."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    permissions.correct_report(report, by=by)
    subject = Subject(report.round, report.kind, report.year_slice, report.commitment, report.party)
    correction = create_report(subject, by=by, on=on, supersedes=report, reason=reason)
    sentence = f"Verbetering {correction.number} van rapportage {report.number} gemaakt."
    record("reports.corrected", report, by=by, on=on, sentence=sentence, why=reason)
    return correction
