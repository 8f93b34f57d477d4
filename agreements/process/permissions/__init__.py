"""Who may do what on the road of a jaarschijf, a file per noun."""

from agreements.process.permissions.comment import add_comment, answer_comment, answer_comments, voices
from agreements.process.permissions.proposal import (
    decide_proposals,
    decline_proposal,
    edit_proposal,
    make_proposal,
    merge_proposal,
    proposers,
    take_up_proposal,
    withdraw_proposal,
    write_proposal,
)
from agreements.process.permissions.road import change_phase, lead_road, prepare_year, set_deadlines
from agreements.process.permissions.signing import close_signing

__all__ = [
    "add_comment",
    "answer_comment",
    "answer_comments",
    "change_phase",
    "close_signing",
    "decide_proposals",
    "decline_proposal",
    "edit_proposal",
    "lead_road",
    "make_proposal",
    "merge_proposal",
    "prepare_year",
    "proposers",
    "set_deadlines",
    "take_up_proposal",
    "voices",
    "withdraw_proposal",
    "write_proposal",
]
