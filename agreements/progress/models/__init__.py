"""The tables of this slice, a file per noun."""

from agreements.progress.models.assessment import (
    Assessment,
    AssessmentAnswer,
    Judgement,
    assessable_on,
    last_day_to_assess,
)
from agreements.progress.models.draft import Draft
from agreements.progress.models.evidence import EvidenceLink
from agreements.progress.models.reminder import MOST_BY_HAND, STEPS, Reminder
from agreements.progress.models.returned import Return
from agreements.progress.models.round import DAYS_TO_ASSESS, ReportingRound, RoundQuerySet
from agreements.progress.models.update import CLAIMS, FINAL, NEEDS_MEASURE, Claim, Measurement, ProgressUpdate

__all__ = [
    "CLAIMS",
    "DAYS_TO_ASSESS",
    "FINAL",
    "MOST_BY_HAND",
    "NEEDS_MEASURE",
    "STEPS",
    "Assessment",
    "AssessmentAnswer",
    "Claim",
    "Draft",
    "EvidenceLink",
    "Judgement",
    "Measurement",
    "ProgressUpdate",
    "Reminder",
    "ReportingRound",
    "Return",
    "RoundQuerySet",
    "assessable_on",
    "last_day_to_assess",
]
