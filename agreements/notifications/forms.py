"""The form in which somebody chooses what to be mailed."""

from typing import Any

from django import forms

from agreements.notifications.models import CHOICES, How, Kind
from agreements.web.forms import PortalForm

EXPLAINED = {
    Kind.NEWS: "Bijvoorbeeld nieuwe voortgang, een wijziging of een nieuw concept.",
    Kind.ROUNDS: "Een ronde gaat open of dicht, of een jaarschijf komt in een andere fase.",
    Kind.REPORTS: "De gemeente publiceert een rapportage aan de raad.",
    Kind.WEEK: "Alleen als u open taken heeft.",
}


class SubscriptionForm(PortalForm):
    """Where somebody without an account wants the mail."""

    email = forms.EmailField(
        label="Wat is uw e-mailadres?",
        help_text="Wij gebruiken het alleen om u te zeggen dat er een nieuwe rapportage is.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        max_length=254,
    )


class PreferencesForm(PortalForm):
    """One question for every kind that can be chosen; duties are not asked about."""

    def __init__(self, *args: Any, chosen: dict[Kind, How], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for kind, explanation in EXPLAINED.items():
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label,
                help_text=explanation,
                choices=[(how.value, how.label) for how in CHOICES[kind]],
                widget=forms.RadioSelect,
                initial=chosen[kind].value,
            )

    def chosen(self) -> dict[Kind, How]:
        """What was answered, for `operations.set_preferences`."""
        return {Kind(name): How(how) for name, how in self.cleaned_data.items()}
