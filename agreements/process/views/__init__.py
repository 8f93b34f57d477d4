"""The pages of this slice, a file per noun."""

from agreements.process.views.comment import add_comment, answer_comment, comments
from agreements.process.views.decision import decline_proposal, merge_proposal, take_up_proposal
from agreements.process.views.proposal import (
    edit_proposal,
    make_proposal,
    proposal,
    proposals,
    withdraw_proposal,
)
from agreements.process.views.road import (
    calendar,
    change_phase,
    lineage,
    prepare_year,
    set_deadlines,
)
from agreements.process.views.signing import close_signing

__all__ = [
    "add_comment",
    "answer_comment",
    "calendar",
    "change_phase",
    "close_signing",
    "comments",
    "decline_proposal",
    "edit_proposal",
    "lineage",
    "make_proposal",
    "merge_proposal",
    "prepare_year",
    "proposal",
    "proposals",
    "set_deadlines",
    "take_up_proposal",
    "withdraw_proposal",
]
