"""The forms of this slice, a file per noun."""

from agreements.process.forms.comment import CommentAnswerForm, CommentForm
from agreements.process.forms.proposal import (
    DeclineForm,
    MergeForm,
    NewProposalForm,
    ProposalFilter,
    ProposalForm,
    TakeUpForm,
)
from agreements.process.forms.road import DeadlinesForm, PhaseForm

__all__ = [
    "CommentAnswerForm",
    "CommentForm",
    "DeadlinesForm",
    "DeclineForm",
    "MergeForm",
    "NewProposalForm",
    "PhaseForm",
    "ProposalFilter",
    "ProposalForm",
    "TakeUpForm",
]
