"""The form in which a party says who signs for it."""

from typing import Any

from django import forms

from agreements.accounts.models import User
from agreements.parties.models import Mandate, Party
from agreements.parties.queries import people_of
from agreements.web.dates import today
from agreements.web.forms import DutchDateField, PortalForm


class MandateForm(PortalForm):
    """Who may sign, in what function, by which decision, and from when."""

    user = forms.ModelChoiceField(
        label="Wie mag tekenen?", queryset=User.objects.none(), empty_label="Kies een persoon"
    )
    function = forms.CharField(
        label="In welke functie?",
        help_text="Dit staat bij de handtekening. Bijvoorbeeld: directeur-bestuurder.",
        max_length=120,
    )
    kind = forms.ChoiceField(label="Welk besluit is er?", choices=Mandate.Kind, widget=forms.RadioSelect)
    decided_on = DutchDateField(label="Van welke datum is het besluit?", help_text="Bijvoorbeeld 03-10-2017.")
    ground = forms.CharField(
        label="Waar is het besluit te vinden?",
        help_text="Bijvoorbeeld: notulen van het bestuur, punt 4. Iedereen kan dit lezen bij de handtekening.",
        max_length=200,
    )
    valid_from = DutchDateField(label="Vanaf welke dag geldt het mandaat?")
    valid_until = DutchDateField(
        label="Vanaf welke dag geldt het mandaat niet meer?",
        help_text="Laat dit leeg als er geen einddatum is.",
        required=False,
    )

    def __init__(self, *args: Any, party: Party, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choice = self.fields["user"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = people_of(party, today())
        self.initial = {"valid_from": today(), **(self.initial or {})}
