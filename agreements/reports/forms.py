"""Choosing the round to report on."""

from django import forms

from agreements.reports.queries import reportable_rounds
from agreements.web.forms import PortalForm


class ReportForm(PortalForm):
    """One question: which round."""

    round = forms.ModelChoiceField(
        label="Over welke ronde gaat de rapportage?",
        help_text="De cijfers van dit moment worden vastgelegd. Daarna veranderen ze niet meer.",
        queryset=reportable_rounds(),
        empty_label="Kies een ronde",
    )
