"""The tables of this slice, a file per noun."""

from agreements.progress.models.reminder import STEPS, Reminder
from agreements.progress.models.round import ReportingRound, RoundQuerySet
from agreements.progress.models.update import CLAIMS, FINAL, NEEDS_MEASURE, Claim, Measurement, ProgressUpdate

__all__ = [
    "CLAIMS",
    "FINAL",
    "NEEDS_MEASURE",
    "STEPS",
    "Claim",
    "Measurement",
    "ProgressUpdate",
    "Reminder",
    "ReportingRound",
    "RoundQuerySet",
]
