"""Text becomes values: drafts, their line-up, indicators. Forms save nothing."""

from agreements.commitments.forms.draft import CommitmentForm, DraftForm, label_of
from agreements.commitments.forms.indicator import IndicatorForm
from agreements.commitments.forms.lineup import CopyForm, MoveForm, WithdrawForm

__all__ = [
    "CommitmentForm",
    "CopyForm",
    "DraftForm",
    "IndicatorForm",
    "MoveForm",
    "WithdrawForm",
    "label_of",
]
