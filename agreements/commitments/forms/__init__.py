"""The forms of this slice, a file per noun."""

from agreements.commitments.forms.amendment import AmendmentAnswerForm, AmendmentForm
from agreements.commitments.forms.commitment import CommitmentForm, DraftForm
from agreements.commitments.forms.conflict import Disagreements, resolve
from agreements.commitments.forms.indicator import IndicatorForm
from agreements.commitments.forms.lineup import CopyForm, MoveForm, WithdrawForm

__all__ = [
    "AmendmentAnswerForm",
    "AmendmentForm",
    "CommitmentForm",
    "CopyForm",
    "Disagreements",
    "DraftForm",
    "IndicatorForm",
    "MoveForm",
    "WithdrawForm",
    "resolve",
]
