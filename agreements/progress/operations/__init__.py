"""Writing rounds, reminders, progress and judgements, a file per noun."""

from agreements.progress.operations.approval import (
    approve_progress,
    offer_progress,
    require_approval,
    send_back_draft,
)
from agreements.progress.operations.assessment import answer_assessment, assess_progress, assess_round
from agreements.progress.operations.draft import DraftConflict, save_draft
from agreements.progress.operations.reminder import remind_parties, send_reminders
from agreements.progress.operations.returned import answer_return, return_progress
from agreements.progress.operations.round import close_round, move_window, open_round, reopen_round
from agreements.progress.operations.sheet import Answer, save_sheet, submit_sheet
from agreements.progress.operations.update import overtaken, submit_progress

__all__ = [
    "Answer",
    "DraftConflict",
    "answer_assessment",
    "answer_return",
    "approve_progress",
    "assess_progress",
    "assess_round",
    "close_round",
    "move_window",
    "offer_progress",
    "open_round",
    "overtaken",
    "remind_parties",
    "reopen_round",
    "require_approval",
    "return_progress",
    "save_draft",
    "save_sheet",
    "send_back_draft",
    "send_reminders",
    "submit_progress",
    "submit_sheet",
]
