"""The forms that take drafts back, over from last year, and to another place in the list."""

from typing import Any

from django import forms

from agreements.agreement.models import YearSlice
from agreements.commitments.models import Commitment
from agreements.web.forms import LongTextField, PortalForm


class WithdrawForm(PortalForm):
    """Taking a draft back."""

    reason = LongTextField(
        label="Waarom trekt u de afspraak in?",
        help_text="Andere partijen lezen dit.",
        rows=3,
        min_length=10,
        max_length=500,
    )


class CopyForm(PortalForm):
    """Which commitments of the year before go on. Those that were taken over already are no choice any more."""

    commitments = forms.ModelMultipleChoiceField(
        label="Welke afspraken gaan door?",
        queryset=Commitment.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, originals: Any, year_slice: YearSlice, ticked: Any = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["commitments"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = originals  # all of them, because sending the form twice is no mistake
        copies = (
            year_slice.commitments.whole().filter(copied_from__isnull=False).select_related("copied_from")
        )
        self.copies = list(copies)
        there = {copy.copied_from_id for copy in self.copies}
        rows = [row for row in originals if row.pk not in there]
        field.widget.choices = [(row.pk, f"{row} ({row.lead.short_name})") for row in rows]
        self.has_choices = bool(rows)
        self.initial = {"commitments": ticked, **self.initial} if ticked is not None else self.initial


class MoveForm(PortalForm):
    """One step up or down for one commitment."""

    code = forms.ModelChoiceField(label="Afspraak", queryset=Commitment.objects.none(), to_field_name="code")
    direction = forms.ChoiceField(label="Richting", choices=[("omhoog", "omhoog"), ("omlaag", "omlaag")])

    def __init__(self, *args: Any, year_slice: YearSlice, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = year_slice.commitments.whole().with_everything()
