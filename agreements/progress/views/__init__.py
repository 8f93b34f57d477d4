"""The pages of this slice, a file per noun."""

from agreements.progress.views.approval import approve_progress, require_approval, send_back_draft
from agreements.progress.views.assessment import answer_assessment, assess_progress, assess_round
from agreements.progress.views.returned import answer_return, return_progress
from agreements.progress.views.round import (
    close_round,
    move_window,
    open_round,
    remind_parties,
    reopen_round,
    rounds,
)
from agreements.progress.views.sheet import fill_sheet
from agreements.progress.views.update import submit_progress

__all__ = [
    "answer_assessment",
    "answer_return",
    "approve_progress",
    "assess_progress",
    "assess_round",
    "close_round",
    "fill_sheet",
    "move_window",
    "open_round",
    "remind_parties",
    "reopen_round",
    "require_approval",
    "return_progress",
    "rounds",
    "send_back_draft",
    "submit_progress",
]
