"""The signature of an alderman on a report: asking for it, doing without, and signing, which publishes."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from agreements.access.refusals import Refused
from agreements.accounts.models import User
from agreements.accounts.second_factor import Proof
from agreements.history.operations import record
from agreements.parties.models import Mandate
from agreements.pdf.issuer import Holder, issue, load_issuer
from agreements.pdf.sign import sign_field
from agreements.reports import permissions
from agreements.reports.document import SIGNATURE_FIELD
from agreements.reports.models import Report
from agreements.reports.operations.publication import check_draft, make_public
from agreements.reports.operations.report import render_again
from agreements.reports.sealing import finished_file


@transaction.atomic
def ask_signature(report: Report, *, by: User, on: date) -> Report:
    """Ask an alderman to sign before publication. The draft is made again, from the same snapshot, with a place for it."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    permissions.ask_signature(report, by=by)
    report.signature_asked_on, report.signature_asked_by = on, by
    report.save(update_fields=["signature_asked_on", "signature_asked_by"])
    sentence = f"Handtekening van een wethouder gevraagd voor rapportage {report.number}."
    record("reports.signature_asked", report, by=by, on=on, sentence=sentence)
    return render_again(report)


@transaction.atomic
def drop_signature(report: Report, *, by: User, on: date) -> Report:
    """Do without the signature that was asked. The draft is made again without the place for it."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    permissions.drop_signature(report, by=by)
    report.signature_asked_on = report.signature_asked_by = None
    report.save(update_fields=["signature_asked_on", "signature_asked_by"])
    sentence = f"Rapportage {report.number} gaat verder zonder handtekening."
    record("reports.signature_dropped", report, by=by, on=on, sentence=sentence)
    return render_again(report)


def sign_report(report: Report, *, by: User, on: date, proof: Proof) -> Report:
    """Seal the draft, sign it for the municipality, and publish it in the name of who asked: one step.

    ValidationError when no seal, certificate or time stamp can be had now; nothing changed then. Refused without a
    fresh second factor.
    """
    report = Report.objects.get(pk=report.pk)
    mandate = permissions.sign_report(report, by=by)
    if not proof.is_fresh:
        raise Refused("U bevestigde langer dan vijf minuten geleden dat u het bent. Doe dat opnieuw.")
    draft = report.draft_sha256
    finished = finished_file(
        draft,
        reason=f"Rapportage {report.number} aan de raad",
        sign=lambda sealed: _signed(sealed, report, mandate),
    )
    with transaction.atomic():
        report = Report.objects.select_for_update().get(pk=report.pk)
        permissions.sign_report(report, by=by)
        check_draft(report, draft)
        assert report.signature_asked_by is not None
        report.signed_at, report.signed_by, report.signed_function = timezone.now(), by, mandate.function
        _record(report, mandate, proof, by=by, on=on)
        make_public(report, finished, by=report.signature_asked_by, on=on)
    return report


def _signed(sealed: bytes, report: Report, mandate: Mandate) -> bytes:
    issuer, moment = load_issuer(), timezone.localtime()  # the real clock, also in the demo
    holder = Holder(mandate.function, mandate.party.name, SIGNATURE_FIELD)
    return sign_field(
        sealed,
        field=SIGNATURE_FIELD,
        signer=issue(holder, issuer=issuer),
        name=f"{mandate.function}, {mandate.party.name}",
        reason=f"Rapportage {report.number} aan de raad",
        lines=[
            f"Getekend namens {mandate.party.name}",
            f"{mandate.function}. {mandate.proof}",
            f"Akkoord in het portaal op {moment:%d-%m-%Y, %H.%M} uur",
            f"Certificaat: {issuer.name}",
        ],
    )


def _record(report: Report, mandate: Mandate, proof: Proof, *, by: User, on: date) -> None:
    sentence = f"Rapportage {report.number} getekend namens {mandate.party.name}."
    data = {"draft": report.draft_sha256, "second_factor": proof.method}
    record("reports.signed", report, by=by, on=on, party=mandate.party, sentence=sentence, data=data)
