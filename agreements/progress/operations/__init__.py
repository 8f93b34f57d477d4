"""Writing rounds, reminders, progress and judgements, a file per noun."""

from agreements.progress.operations.assessment import answer_assessment, assess_progress, assess_round
from agreements.progress.operations.reminder import send_reminders
from agreements.progress.operations.round import close_round, open_round
from agreements.progress.operations.update import submit_progress

__all__ = [
    "answer_assessment",
    "assess_progress",
    "assess_round",
    "close_round",
    "open_round",
    "send_reminders",
    "submit_progress",
]
