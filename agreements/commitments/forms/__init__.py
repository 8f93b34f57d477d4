"""The forms of this slice, a file per noun."""

from agreements.commitments.forms.amendment import AmendmentAnswerForm, AmendmentForm
from agreements.commitments.forms.commitment import CommitmentForm, Disagreements, resolve

__all__ = ["AmendmentAnswerForm", "AmendmentForm", "CommitmentForm", "Disagreements", "resolve"]
