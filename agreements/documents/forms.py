"""The form with which a party shows a decision."""

from django import forms

from agreements.web.forms import PortalForm


class DecisionForm(PortalForm):
    """The decision behind a mandate, as a file."""

    upload = forms.FileField(
        label="Welk bestand is het besluit?",
        help_text="Een pdf, jpg of png van hoogstens 10 MB. Alleen de partijen kunnen het openen.",
    )
