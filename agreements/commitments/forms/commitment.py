"""The form in which a coordinator writes a draft."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from agreements.agreement.models import Theme, YearSlice
from agreements.agreement.queries import parties_to
from agreements.commitments.faults import QUARTERS, faults
from agreements.commitments.forms.rows import ROWS
from agreements.commitments.models import Commitment, Indicator, Target
from agreements.commitments.operations import LABELS
from agreements.commitments.queries import last_place, next_code
from agreements.parties.models import Party
from agreements.web.formats import dutch_date
from agreements.web.forms import DutchDateField, DutchNumberField, PortalForm, Radios

KINDS = {
    "hard": "Wie doet wat, hoeveel en wanneer: dat staat vast.",
    "effort": "De partij doet haar best; de uitkomst staat niet vast.",
    "process": "Wie doet wat en wanneer, zonder aantal.",
    "study": "De partij zoekt iets uit en komt met een verslag.",
}
TEXT_HELP = (
    "Hoogstens 4.000 tekens. Opmaken mag: **vet**, *schuin*, een lijst met een streepje of 1. voor elke regel, "
    "en een link: [de woonvisie](https://voorbeeld.nl)."
)


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
        help_text=f"Deze tekst wordt ondertekend. {TEXT_HELP}",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    kind = forms.ChoiceField(label="Wat voor afspraak is dit?", choices=Commitment.Kind, widget=Radios(KINDS))
    theme = forms.ModelChoiceField(label="Thema", queryset=Theme.objects.none(), empty_label=None)
    lead = forms.ModelChoiceField(label="Wie voert het uit?", queryset=Party.objects.none(), empty_label=None)
    deadline = DutchDateField(
        label="Wanneer moet het klaar zijn?", help_text="Bijvoorbeeld 31-12-2018.", required=False
    )
    article = forms.CharField(
        label="Waar staat het in de afspraken?",
        help_text="Bijvoorbeeld: artikel 3, lid 2.",
        max_length=120,
        required=False,
    )
    order = forms.IntegerField(
        label="Volgorde",
        help_text="Een lager getal staat hoger in de lijst.",
        min_value=0,
        max_value=9999,
        widget=forms.TextInput(attrs={"class": "pa-num", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Vul een heel getal van 0 tot en met 9999 in."
        ),
    )
    depends_on = forms.ModelChoiceField(
        label="Kan pas als deze afspraak klaar is",
        queryset=Commitment.objects.none(),
        empty_label="Hangt niet af van een andere afspraak",
        required=False,
    )
    needs = forms.CharField(
        label="Wat is daarvoor nodig?",
        help_text="Bijvoorbeeld: de gemeente wijst een locatie aan.",
        max_length=300,
        required=False,
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
    out_of = DutchNumberField(
        label="Van hoeveel in totaal?",
        help_text="Bijvoorbeeld 120, als het doel 110 van de 120 woningen is.",
        decimals=2,
        required=False,
    )
    baseline = DutchNumberField(
        label="Wat is de nulmeting?",
        help_text="De stand voordat de afspraak begint.",
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
        self.commitment, self.year_slice = commitment, commitment.year_slice
        self.parties = parties_to(self.year_slice.agreement)
        others = self.year_slice.commitments.whole().exclude(pk=commitment.pk)
        standing = Q(withdrawn_on__isnull=True) | Q(pk=commitment.depends_on_id)
        self._choose_from("theme", self.year_slice.agreement.themes.all())
        self._choose_from("lead", self.parties)
        self._choose_from("depends_on", others.filter(standing))
        self._add_quarters()
        start = self.start()
        there = {name: start.pop(name) for name in ROWS}
        for name, rows in ROWS.items():
            start |= rows.start(there[name])
        self.initial = {**start, **self.initial}
        for name, rows in ROWS.items():
            rows.add_to(self, self.parties, len(there[name]))

    def start(self) -> dict[str, Any]:
        """What the form shows at first: the draft as it is."""
        return {**self.commitment.editable_values(), "version": self.commitment.version}

    def _choose_from(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows

    def _add_quarters(self) -> None:
        for name, day in zip(QUARTERS, self.year_slice.quarter_ends, strict=True):
            label = f"Planning op {dutch_date(day)}"
            self.fields[name] = DutchNumberField(label=label, decimals=2, required=False)

    @property
    def contributor_rows(self) -> Iterator[tuple[Any, Any]]:
        """(question for the party, question for what it does) of each row."""
        return ROWS["contributors"].of(self)

    @property
    def division_rows(self) -> Iterator[tuple[Any, Any]]:
        """(question for the party, question for its part) of each row."""
        return ROWS["division"].of(self)

    @property
    def quarters(self) -> list[Any]:
        """The questions for the plan."""
        return [self[name] for name in QUARTERS]

    def clean(self) -> dict[str, Any]:
        """Rules over more than one answer: rows that are whole, and figures that can be."""
        given = super().clean() or self.cleaned_data
        parties = {str(party.pk): party for party in self.parties}
        for name, rows in ROWS.items():
            given[name] = rows.read(self, given, parties)
        for name, sentence in faults(given, year=self.year_slice.year).items():
            if name in ROWS and not any(map(ROWS[name].has, self.errors)):
                self.add_error(f"{ROWS[name].party}_0", sentence)
            elif name not in ROWS and name not in self.errors:
                self.add_error(name, sentence)
        self._demand_choices()
        return given

    def _demand_choices(self) -> None:
        """In a conflict each disputed field needs a choice; a new version number alone overwrites nobody."""
        for name in self.data.getlist("disputed") if hasattr(self.data, "getlist") else []:
            if name in LABELS and f"choice_{name}" not in self.data:
                label = label_of(self, name)
                sentence = f"Kies welke tekst blijft bij ‘{label}’."
                self.add_error(None, ValidationError(sentence, code="conflict"))

    @property
    def is_check(self) -> bool:
        """Whether only the advice was asked for; then nothing is saved."""
        return "check" in self.data

    def values(self) -> dict[str, Any]:
        """What was typed, as far as it could be read; what is there already when nothing was sent."""
        return self.cleaned_data if self.is_bound else self.start()

    def changes(self) -> dict[str, Any]:
        """{field: value} for `operations.edit_commitment`."""
        return {name: self.cleaned_data[name] for name in LABELS}


class DraftForm(CommitmentForm):
    """A new commitment: the same questions, and its number."""

    code = forms.CharField(
        label="Nummer",
        help_text="Het eerste vrije nummer staat er al.",
        max_length=12,
        widget=forms.TextInput(attrs={"class": "pa-num", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, year_slice: YearSlice, **kwargs: Any):
        super().__init__(*args, commitment=Commitment(year_slice=year_slice), **kwargs)
        del self.fields["version"], self.fields["why"]

    def start(self) -> dict[str, Any]:
        """A hard commitment at the end of the year and of the list, with the first free number."""
        return {
            "code": next_code(self.year_slice),
            "kind": Commitment.Kind.HARD,
            "deadline": self.year_slice.last_day,
            "order": last_place(self.year_slice),
            **dict.fromkeys(ROWS, ()),
        }

    def clean_code(self) -> str:
        """The year in two digits, a dash and a number: 18-13."""
        code, prefix = self.cleaned_data["code"], f"{self.year_slice.year % 100:02}-"
        number = code.removeprefix(prefix)
        if not code.startswith(prefix) or not (number.isascii() and number.isdigit() and len(number) > 1):
            raise ValidationError(f"Schrijf het nummer zo: {next_code(self.year_slice)}.")
        return code

    def draft(self) -> dict[str, Any]:
        """The arguments of `operations.draft_commitment`."""
        given = {"code": self.cleaned_data["code"], **self.changes()}
        target = {name: given.pop(name) for name in ("indicator", "direction", "target_value")}
        target |= {name: given.pop(name) for name in ("out_of", "baseline")}
        steps = zip(self.year_slice.quarter_ends, [given.pop(name) for name in QUARTERS], strict=True)
        given["plan"] = [(day, value) for day, value in steps if value is not None]
        return {**given, "target": target if target["indicator"] else None}


def label_of(form: CommitmentForm, name: str) -> str:
    """The question for a field of `LABELS`, as it stands in the form."""
    return ROWS[name].label if name in ROWS else str(form[name].label)
