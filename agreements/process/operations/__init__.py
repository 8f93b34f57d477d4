"""Writing what belongs to the road of a jaarschijf, a file per noun."""

from agreements.process.operations.comment import add_comment, answer_comment
from agreements.process.operations.proposal import (
    decline_proposal,
    edit_proposal,
    make_proposal,
    merge_proposal,
    take_up_proposal,
    withdraw_proposal,
)
from agreements.process.operations.road import (
    add_process_step,
    change_phase,
    prepare_year,
    set_deadlines,
)
from agreements.process.operations.signing import close_signing, finish_signing, finish_waiting

__all__ = [
    "add_comment",
    "add_process_step",
    "answer_comment",
    "change_phase",
    "close_signing",
    "finish_signing",
    "finish_waiting",
    "decline_proposal",
    "edit_proposal",
    "make_proposal",
    "merge_proposal",
    "prepare_year",
    "set_deadlines",
    "take_up_proposal",
    "withdraw_proposal",
]
