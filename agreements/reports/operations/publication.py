"""Publishing, withdrawing and correcting reports."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from agreements.accounts.models import User
from agreements.documents import store
from agreements.history.operations import record
from agreements.pdf.keys import Seal, SealUnavailable, load_seal, trusted_roots
from agreements.pdf.seal import seal_pdf
from agreements.pdf.verify import verify_pdf
from agreements.reports import permissions
from agreements.reports.models import Report
from agreements.reports.operations.report import create_report
from agreements.reports.subject import Subject


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
