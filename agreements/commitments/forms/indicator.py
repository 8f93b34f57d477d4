"""The form that adds to the catalogue of what is counted."""

from django import forms

from agreements.commitments.models import Indicator
from agreements.web.forms import PortalForm


class IndicatorForm(PortalForm):
    """All that makes a figure comparable (rule 6)."""

    name = forms.CharField(
        label="Wat telt u?", help_text="Bijvoorbeeld: nieuwe sociale huurwoningen.", max_length=120
    )
    definition = forms.CharField(
        label="Wat telt mee en wat niet?",
        help_text="Schrijf het zo op dat iedereen op hetzelfde getal uitkomt.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
    )
    unit = forms.CharField(
        label="In welke eenheid?", help_text="Bijvoorbeeld: woningen, procent of euro.", max_length=40
    )
    area = forms.CharField(label="Voor welk gebied?", initial="gemeente Hilversum", max_length=80)
    supplied_by = forms.CharField(
        label="Waar komen de cijfers vandaan?",
        help_text="Bijvoorbeeld: de administratie van de corporatie.",
        max_length=120,
    )
    value_kind = forms.ChoiceField(
        label="Wat voor getal is het?", choices=Indicator.ValueKind, widget=forms.RadioSelect
    )
    counting = forms.ChoiceField(label="Hoe telt u?", choices=Indicator.Counting, widget=forms.RadioSelect)
    decimals = forms.TypedChoiceField(
        label="Hoeveel cijfers achter de komma?", choices=[(0, "0"), (1, "1"), (2, "2")], coerce=int
    )
