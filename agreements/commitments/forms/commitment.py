"""The form in which a coordinator edits a draft."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from agreements.agreement.models import Theme
from agreements.commitments.models import Commitment, Indicator, Target
from agreements.commitments.operations import LABELS, as_data
from agreements.commitments.queries import values_of_version
from agreements.history.queries import timeline
from agreements.parties.models import Party
from agreements.web.forms import DutchDateField, DutchNumberField, PortalForm, Radios

KINDS = {
    "hard": "Wie doet wat, hoeveel en wanneer: dat staat vast.",
    "effort": "De partij doet haar best; de uitkomst staat niet vast.",
    "process": "Wie doet wat en wanneer, zonder aantal.",
    "study": "De partij zoekt iets uit en komt met een verslag.",
}


class CommitmentForm(PortalForm):
    """Text and target of a draft. `version` is the version the form was filled from."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    title = forms.CharField(
        label="Titel in gewone taal",
        help_text="Zo staat de afspraak in lijsten. Hoogstens 150 tekens.",
        max_length=150,
    )
    text = forms.CharField(
        label="Letterlijke tekst",
        help_text="Deze tekst wordt ondertekend. Hoogstens 4.000 tekens.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    kind = forms.ChoiceField(label="Wat voor afspraak is dit?", choices=Commitment.Kind, widget=Radios(KINDS))
    theme = forms.ModelChoiceField(label="Thema", queryset=Theme.objects.none(), empty_label=None)
    lead = forms.ModelChoiceField(label="Wie voert het uit?", queryset=Party.objects.all(), empty_label=None)
    deadline = DutchDateField(
        label="Wanneer moet het klaar zijn?", help_text="Bijvoorbeeld 31-12-2018.", required=False
    )
    indicator = forms.ModelChoiceField(
        label="Wat tellen we?",
        queryset=Indicator.objects.all(),
        empty_label="Nog niet gekozen",
        required=False,
    )
    direction = forms.ChoiceField(
        label="Minstens, hoogstens of precies?",
        choices=[("", "Nog niet gekozen"), *Target.Direction.choices],
        required=False,
    )
    target_value = DutchNumberField(
        label="Wat is het doel?",
        help_text="Alleen het getal, bijvoorbeeld 60. Vul 1 in als het gaat om gedaan of niet gedaan.",
        decimals=2,
        required=False,
    )
    why = forms.CharField(
        label="Waarom past u dit aan?",
        help_text="Andere partijen lezen dit in de geschiedenis.",
        max_length=500,
        required=False,
    )

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.commitment = commitment
        theme = self.fields["theme"]
        assert isinstance(theme, forms.ModelChoiceField)
        theme.queryset = Theme.objects.filter(agreement=commitment.year_slice.agreement_id)
        self.initial = {**commitment.editable_values(), "version": commitment.version, **self.initial}

    def clean_deadline(self) -> Any:
        """A commitment of a jaarschijf is due in its year."""
        deadline, year = self.cleaned_data["deadline"], self.commitment.year_slice.year
        if deadline and deadline.year != year:
            raise ValidationError(f"Deze jaarschijf gaat over {year}. Vul een datum in {year} in.")
        return deadline

    def clean(self) -> dict[str, Any]:
        """A target is whole or absent: what is counted, the direction and the number."""
        given = super().clean() or self.cleaned_data
        parts = ("indicator", "direction", "target_value")
        empty = [name for name in parts if given.get(name) in (None, "") and name not in self.errors]
        if 0 < len(empty) < len(parts):
            for name in empty:
                self.add_error(name, "Vul ook dit in, of maak alle drie de vragen over het doel leeg.")
        self._demand_choices()
        return given

    def _demand_choices(self) -> None:
        """In a conflict each disputed field needs a choice; a new version number alone overwrites nobody."""
        for name in self.data.getlist("disputed") if hasattr(self.data, "getlist") else []:
            if name in LABELS and f"choice_{name}" not in self.data:
                self.add_error(
                    None,
                    ValidationError(f"Kies welke tekst blijft bij ‘{self[name].label}’.", code="conflict"),
                )

    def changes(self) -> dict[str, Any]:
        """{field: value} for `operations.edit_commitment`."""
        return {name: self.cleaned_data[name] for name in LABELS}


class Disagreements:
    """Two people edited the same draft: for each field that both changed, what stands there now and what was typed.

    The second person chooses per field (choice_<field> = "theirs" or "mine"). Fields that this person did not
    touch keep what the other made of them: `untouched`.
    """

    def __init__(self, current: Commitment, form: CommitmentForm):
        blank = CommitmentForm(commitment=current)
        given = {name: form.cleaned_data[name] for name in LABELS if name in form.cleaned_data}
        mine, theirs = as_data(given), as_data(current.editable_values())
        before = values_of_version(current, form.cleaned_data.get("version", 0))
        differing = [name for name in mine if mine[name] != theirs[name]]
        disputed = form.data.getlist("disputed") if hasattr(form.data, "getlist") else []
        both = [n for n in differing if n in disputed or mine[n] != before.get(n) != theirs[n]]
        self.untouched = [n for n in differing if n not in both and mine[n] == before.get(n, "unknown")]
        self.current = current
        self.last = timeline(current).first()
        self.rows = [
            {
                "bound": form[name],
                "theirs": shown(blank, name),
                "mine": shown(form, name),
                "choice": form.data.get(f"choice_{name}"),
            }
            for name in both
        ]


def resolve(typed: MultiValueDict[str, str], commitment: Commitment) -> MultiValueDict[str, str]:
    """Put what stands there now in each field for which somebody chose "theirs"."""
    chosen = typed.copy()
    blank = CommitmentForm(commitment=commitment)
    for name in LABELS:
        if typed.get(f"choice_{name}") == "theirs":
            value = blank[name].value()
            chosen[name] = "" if value is None else str(getattr(value, "pk", value))
    return chosen


def shown(form: CommitmentForm, name: str) -> str:
    """The answer to a question as a person reads it: the name of a choice, the number as typed."""
    value = form[name].value()
    if value in (None, ""):
        return "(leeg)"
    key = str(getattr(value, "pk", value))
    choices = {str(choice): label for choice, label in getattr(form.fields[name], "choices", [])}
    return str(choices.get(key, key))
