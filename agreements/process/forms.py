"""The forms of the road of a jaarschijf."""

from typing import Any

from django import forms

from agreements.agreement.models import YearSlice
from agreements.process.phases import is_back
from agreements.web.forms import PortalForm


class PhaseForm(PortalForm):
    """Confirming a step. `seen` is the phase in which the person saw the jaarschijf; a step back needs a reason."""

    seen = forms.ChoiceField(choices=YearSlice.Phase, widget=forms.HiddenInput)
    why = forms.CharField(
        label="Waarom gaat de jaarschijf een stap terug?",
        help_text="Iedereen kan dit lezen. Hoogstens 500 tekens.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=500,
    )

    def __init__(self, *args: Any, year_slice: YearSlice, to: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not is_back(year_slice.phase, to):
            del self.fields["why"]
        self.initial = {"seen": year_slice.phase, **(self.initial or {})}
