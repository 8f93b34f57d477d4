"""The forms of this slice, a file per noun."""

from agreements.progress.forms.approval import ApprovalForm, ApproveForm, Offer, SendBackForm
from agreements.progress.forms.assessment import AssessmentForm, DissentAnswerForm
from agreements.progress.forms.claim import LOWER, ClaimForm
from agreements.progress.forms.draft import Difference, differences
from agreements.progress.forms.returned import AnswerForm, ReturnForm
from agreements.progress.forms.round import RemindForm, ReopenForm, RoundForm, WindowForm
from agreements.progress.forms.row import RowForm
from agreements.progress.forms.sheet import Sheet
from agreements.progress.forms.update import ProgressForm

__all__ = [
    "LOWER",
    "AnswerForm",
    "ApprovalForm",
    "ApproveForm",
    "AssessmentForm",
    "ClaimForm",
    "Difference",
    "DissentAnswerForm",
    "Offer",
    "ProgressForm",
    "RemindForm",
    "ReopenForm",
    "ReturnForm",
    "RoundForm",
    "RowForm",
    "SendBackForm",
    "Sheet",
    "WindowForm",
    "differences",
]
