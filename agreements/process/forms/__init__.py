"""The forms of this slice, a file per noun."""

from agreements.process.forms.road import DeadlinesForm, PhaseForm

__all__ = ["DeadlinesForm", "PhaseForm"]
