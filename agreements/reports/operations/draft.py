"""Laying a draft before the parties, and what they say about it."""

import hashlib
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.access.once import made_before
from agreements.accounts.models import User
from agreements.history.operations import record
from agreements.reports import permissions
from agreements.reports.models import Report, ReportComment
from agreements.web.formats import dutch_date


@transaction.atomic
def share_report(report: Report, *, by: User, on: date, until: date) -> Report:
    """Let the parties read the draft and comment until and with this day; doing it again changes the day."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    permissions.share_report(report, by=by)
    if report.comments_due_on and until < report.comments_due_on:
        raise ValidationError(
            {"until": f"De partijen lazen al dat zij tot en met {dutch_date(report.comments_due_on)} hebben."}
        )
    report.shared_on, report.shared_by, report.comments_due_on = on, by, until
    report.save(update_fields=["shared_on", "shared_by", "comments_due_on"])
    sentence = f"Concept {report.number} voorgelegd aan de partijen, reageren tot en met {dutch_date(until)}."
    record("reports.shared", report, by=by, on=on, sentence=sentence, data={"until": until.isoformat()})
    return report


@transaction.atomic
def comment_on_report(report: Report, *, by: User, on: date, key: UUID, text: str) -> ReportComment:
    """Keep what a party says about the draft. The same form sent twice gives the same remark."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    permissions.comment_on_report(report, by=by)
    if existing := made_before(ReportComment.objects, key, report=report, said_by=by):
        return existing
    party = permissions.commenter_for(report, by=by)
    comment = ReportComment.objects.create(
        report=report, party=party, text=text, key=key, said_on=on, said_by=by
    )
    sentence = f"{party.name} reageerde op het concept van {report.number}."
    # The text itself is for the coordinators; history, which all parties read, holds its digest.
    digest = hashlib.sha256(text.encode()).hexdigest()
    record("reports.commented", report, by=by, on=on, sentence=sentence, party=party, data={"text": digest})
    return comment
