"""Who may do what in this slice, a file per noun."""

from agreements.progress.permissions.approval import (
    approve_progress,
    offer_progress,
    read_offers,
    require_approval,
    send_back_draft,
    signing_parties,
)
from agreements.progress.permissions.assessment import (
    answer_assessment,
    assess_progress,
    assess_round,
    assessor_for,
    assessors,
)
from agreements.progress.permissions.draft import REPORTERS, fill_sheet, open_sheet, save_draft
from agreements.progress.permissions.returned import answer_return, return_progress
from agreements.progress.permissions.round import (
    close_round,
    move_window,
    open_round,
    remind_parties,
    reopen_round,
)
from agreements.progress.permissions.update import must_be_approved, submit_progress

__all__ = [
    "REPORTERS",
    "answer_assessment",
    "answer_return",
    "approve_progress",
    "assess_progress",
    "assess_round",
    "assessor_for",
    "assessors",
    "close_round",
    "fill_sheet",
    "move_window",
    "must_be_approved",
    "offer_progress",
    "open_round",
    "open_sheet",
    "read_offers",
    "remind_parties",
    "reopen_round",
    "require_approval",
    "return_progress",
    "save_draft",
    "send_back_draft",
    "signing_parties",
    "submit_progress",
]
