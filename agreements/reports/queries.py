"""Reading reports."""

import json
from typing import Any

from django.db import models

from agreements.parties.queries import standing_of
from agreements.progress.models import ReportingRound
from agreements.reports.models import Report


def visible_to(user: Any) -> models.QuerySet[Report]:
    """Published reports for everyone; the ones being prepared for coordinators only. Newest first."""
    reports = Report.objects.select_related("round", "previous", "created_by", "published_by").defer(
        "snapshot"
    )
    return reports if standing_of(user).is_coordinator else reports.filter(state=Report.State.PUBLISHED)


def published() -> models.QuerySet[Report]:
    """What the council and everyone else can read, newest first."""
    return Report.objects.filter(state=Report.State.PUBLISHED).order_by("-published_on", "-pk")


def reportable_rounds() -> models.QuerySet[ReportingRound]:
    """Rounds one can report on: those that have been opened at some time, newest first."""
    return ReportingRound.objects.filter(updates__isnull=False).distinct().order_by("-as_of")


def snapshot_of(report: Report) -> dict[str, Any]:
    """The frozen data of a report (see snapshot.py for its shape)."""
    return json.loads(report.snapshot)
