"""Who may do what in this slice, a file per noun."""

from agreements.progress.permissions.assessment import (
    answer_assessment,
    assess_progress,
    assess_round,
    assessor_for,
    assessors,
)
from agreements.progress.permissions.round import close_round, open_round
from agreements.progress.permissions.update import submit_progress

__all__ = [
    "answer_assessment",
    "assess_progress",
    "assess_round",
    "assessor_for",
    "assessors",
    "close_round",
    "open_round",
    "submit_progress",
]
