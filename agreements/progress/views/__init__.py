"""The pages of this slice, a file per noun."""

from agreements.progress.views.assessment import answer_assessment, assess_progress, assess_round
from agreements.progress.views.round import close_round, open_round, rounds
from agreements.progress.views.update import submit_progress

__all__ = [
    "answer_assessment",
    "assess_progress",
    "assess_round",
    "close_round",
    "open_round",
    "rounds",
    "submit_progress",
]
