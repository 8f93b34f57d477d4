"""The tables of this slice, a file per noun."""

from agreements.progress.models.draft import Draft
from agreements.progress.models.evidence import EvidenceLink
from agreements.progress.models.returned import Return
from agreements.progress.models.round import ReportingRound, RoundQuerySet
from agreements.progress.models.update import CLAIMS, FINAL, NEEDS_MEASURE, Claim, Measurement, ProgressUpdate

__all__ = [
    "CLAIMS",
    "FINAL",
    "NEEDS_MEASURE",
    "Claim",
    "Draft",
    "EvidenceLink",
    "Measurement",
    "ProgressUpdate",
    "ReportingRound",
    "Return",
    "RoundQuerySet",
]
