"""The forms of this slice, a file per noun."""

from agreements.progress.forms.assessment import AssessmentForm, DissentAnswerForm
from agreements.progress.forms.round import RoundForm
from agreements.progress.forms.update import LOWER, ProgressForm

__all__ = ["LOWER", "AssessmentForm", "DissentAnswerForm", "ProgressForm", "RoundForm"]
