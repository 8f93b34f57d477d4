"""The form in which a party reports progress."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from agreements.commitments.models import MEANINGS, Commitment, Indicator, Status, Target
from agreements.documents.models import Visibility
from agreements.progress.models import (
    CLAIMS,
    NEEDS_MEASURE,
    Claim,
    Measurement,
    ProgressUpdate,
    ReportingRound,
)
from agreements.web.dates import today
from agreements.web.formats import dutch_date, dutch_number
from agreements.web.forms import DutchDateField, DutchNumberField, FilesField, PortalForm, Radios

LOWER = "Het cijfer is lager dan vorige keer ({last}). Klopt dat? Zet dan hieronder een vinkje en leg het uit bij Toelichting."


class ProgressForm(PortalForm):
    """Value, status and explanation of one commitment in one round. `newest` is the last update, or None."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    as_of = DutchDateField(label="Op welke dag is dat geteld?")
    certainty = forms.ChoiceField(
        label="Hoe zeker is dit cijfer?", choices=Measurement.Certainty, widget=forms.RadioSelect
    )
    status = forms.ChoiceField(
        label="Hoe staat de afspraak ervoor?", widget=Radios(MEANINGS, has_status_icons=True)
    )
    explanation = forms.CharField(
        label="Toelichting",
        help_text="Wat is er deze periode gebeurd? Schrijf kort en duidelijk. Minstens 20 en hoogstens 2.000 tekens.",
        widget=forms.Textarea(attrs={"rows": 5}),
        min_length=20,
        max_length=2000,
    )
    measure = forms.CharField(
        label="Wat gaat u doen om het doel te halen?",
        help_text="Alleen nodig bij ‘Aandacht nodig’ en ‘Loopt achter’.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )
    expected_on = DutchDateField(
        label="Wanneer is het dan klaar?",
        help_text="Alleen nodig als de einddatum niet wordt gehaald. Bijvoorbeeld 31-03-2018.",
        required=False,
    )
    uploads = FilesField(
        label="Bewijs toevoegen",
        help_text=(
            "Bijvoorbeeld een foto of een opleverrapport. Pdf, jpg, png of csv, hoogstens 10 MB per bestand. "
            "Zet er geen namen of huisnummers van bewoners in."
        ),
        required=False,
    )
    visibility = forms.ChoiceField(
        label="Wie mag het bewijs zien?",
        choices=Visibility,
        widget=forms.RadioSelect,
        initial=Visibility.PUBLIC,
    )

    def __init__(
        self,
        *args: Any,
        commitment: Commitment,
        round: ReportingRound,
        newest: ProgressUpdate | None,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.commitment, self.round, self.newest = commitment, round, newest
        claims = [claim for claim in CLAIMS if claim != Status.MISSED or self._deadline_passed()]
        status = self.fields["status"]
        assert isinstance(status, forms.ChoiceField)
        status.choices = [(claim.value, claim.label) for claim in claims]
        self.fields["as_of"].help_text = f"De peildatum van deze ronde is {dutch_date(round.as_of)}."
        self._add_value(commitment.measure)
        self.initial = {**self._start(), **self.initial}

    def _deadline_passed(self) -> bool:
        deadline = self.commitment.deadline
        return deadline is not None and deadline < today()

    def _start(self) -> dict[str, Any]:
        """What the form shows at first: the last figure, the peildatum, a fresh key."""
        last = self.last_figure
        return {
            "key": uuid4(),
            "seen": self.newest.number if self.newest else 0,
            "value": last.value if last else None,
            "as_of": self.round.as_of,
            "certainty": Measurement.Certainty.PROVISIONAL,
            "visibility": Visibility.PUBLIC,
        }

    @property
    def last_figure(self) -> Measurement | None:
        """The figure of the newest update."""
        return self.newest.figure if self.newest else None

    @property
    def planned(self) -> Decimal | None:
        """What the plan says for the peildatum, or None."""
        target = self.commitment.measure
        return target.planned_on(self.round.as_of) if target and not target.indicator.is_yes_no else None

    def _add_value(self, target: Target | None) -> None:
        """The question for the figure, first in the form; without a target there is nothing to count."""
        if target is None:
            del self.fields["as_of"], self.fields["certainty"]
            return
        indicator = target.indicator
        question = f"{indicator.name[:1].upper()}{indicator.name[1:]}"
        if indicator.is_yes_no:
            value: forms.Field = forms.TypedChoiceField(
                label=f"{question}: is dat gedaan?",
                choices=[("1", "Ja"), ("0", "Nee, nog niet")],
                coerce=Decimal,
                widget=forms.RadioSelect,
            )
        else:
            value = DutchNumberField(
                label=f"{question}: hoeveel {indicator.unit}?",
                help_text=f"{indicator.definition} Manier van tellen: {indicator.get_counting_display()}.",
                maximum=target.most_plausible(self.last_figure.value if self.last_figure else None),
                decimals=indicator.decimals,
                suffix=self._goal(target),
            )
        self.fields = {"value": value, **self.fields}
        if indicator.counting == Indicator.Counting.CUMULATIVE and not indicator.is_yes_no:
            self._may_be_lower()

    def _may_be_lower(self) -> None:
        box = forms.BooleanField(label="Ja, het cijfer is lager dan vorige keer", required=False)
        self.fields["is_lower"] = box

    @property
    def asks_is_lower(self) -> bool:
        """Whether the box for a lower figure is shown: only once it matters."""
        return "is_lower" in self.data or self.has_error("value", "lower")

    def _goal(self, target: Target) -> str:
        words = {"at_least": "van minstens", "at_most": "en hoogstens", "exactly": "van precies"}
        return f"{words.get(target.direction, 'van')} {dutch_number(target.value)} {target.indicator.unit}"

    def clean_as_of(self) -> date:
        """The peildatum lies in the year of the jaarschijf and not in the future."""
        day, year = self.cleaned_data["as_of"], self.round.year_slice.year
        if day.year != year:
            raise ValidationError(f"Vul een dag in {year} in. U vulde {dutch_date(day)} in.")
        if day > today():
            raise ValidationError(
                f"Deze dag is nog niet geweest. Vul een dag tot en met {dutch_date(today())} in."
            )
        return day

    def clean(self) -> dict[str, Any]:
        """Rules over more than one answer."""
        given = super().clean() or self.cleaned_data
        if given.get("status") in NEEDS_MEASURE and not given.get("measure"):
            self.add_error(
                "measure", "Schrijf op wat u gaat doen. Dit is nodig bij ‘Aandacht nodig’ en ‘Loopt achter’."
            )
        last, value = self.last_figure, given.get("value")
        if (
            "is_lower" in self.fields
            and last
            and value is not None
            and value < last.value
            and not given["is_lower"]
        ):
            self.add_error(
                "value", ValidationError(LOWER.format(last=dutch_number(last.value)), code="lower")
            )
        if given.get("status") == Status.ACHIEVED and value is not None:
            target = self.commitment.target
            if not target.is_met_by(value):
                goal = (
                    f"{target.get_direction_display()} {dutch_number(target.value)} {target.indicator.unit}"
                )
                said = "nog niet gedaan" if target.indicator.is_yes_no else dutch_number(value)
                self.add_error(
                    "status", f"U kiest ‘Gerealiseerd’, maar het doel is {goal}. U vulde in: {said}."
                )
        return given

    def claim(self) -> Claim:
        """What was answered, for `operations.submit_progress`."""
        names = ("status", "explanation", "measure", "expected_on", "value", "as_of", "certainty")
        return Claim(**{name: self.cleaned_data[name] for name in names if name in self.cleaned_data})
