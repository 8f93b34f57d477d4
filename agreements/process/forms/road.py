"""The forms of the road of a jaarschijf."""

from typing import Any

from django import forms

from agreements.agreement.models import YearSlice
from agreements.process.cycle import PROPOSALS
from agreements.process.phases import is_back
from agreements.process.queries import planned_days
from agreements.web.forms import DutchDateField, LongTextField, PortalForm


class PhaseForm(PortalForm):
    """Confirming a step. `seen` is the phase in which the person saw the jaarschijf; a step back needs a reason."""

    seen = forms.ChoiceField(choices=YearSlice.Phase, widget=forms.HiddenInput)
    why = LongTextField(
        label="Waarom gaat de jaarschijf een stap terug?",
        help_text="Iedereen kan dit lezen.",
        max_length=500,
    )

    def __init__(self, *args: Any, year_slice: YearSlice, to: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not is_back(year_slice.phase, to):
            del self.fields["why"]
        self.initial = {"seen": year_slice.phase, **(self.initial or {})}


class DeadlinesForm(PortalForm):
    """Before which day each phase should be done; the fields are called after the phases."""

    def __init__(self, *args: Any, year_slice: YearSlice, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for phase, proposal in PROPOSALS.items():
            label = f"Wanneer is de fase {phase.label.lower()} uiterlijk klaar?"
            self.fields[phase.value] = DutchDateField(label=label, help_text=f"{proposal.basis}.")
        planned = {phase.value: day for phase, day in planned_days(year_slice).items()}
        self.initial = {**planned, **(self.initial or {})}

    def days(self) -> dict[YearSlice.Phase, Any]:
        """{phase: day} for `operations.set_deadlines`."""
        return {phase: self.cleaned_data[phase.value] for phase in PROPOSALS}
