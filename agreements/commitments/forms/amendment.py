"""The forms in which a party proposes an amendment or answers one."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from agreements.commitments.forms.commitment import TEXT_HELP
from agreements.commitments.models import (
    Amendment,
    AmendmentAnswer,
    Commitment,
    Indicator,
    Target,
    by_party,
)
from agreements.parties.models import Party
from agreements.web.formats import dutch_number
from agreements.web.forms import DutchDateField, DutchNumberField, LongTextField, PortalForm, Radios

LAST = ["deadline", "lead", "reason"]
ANSWERS = {
    "accepted": "Als alle partijen akkoord zijn, geldt de wijziging meteen.",
    "refused": "Dan gaat de wijziging niet door. Schrijf hieronder waarom.",
}


class AmendmentForm(PortalForm):
    """A change of adopted text. It starts with what holds now; `version` is the version it was filled from."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    title = forms.CharField(
        label="Titel in gewone taal", help_text="Staat er een getal in? Pas dat dan ook aan.", max_length=150
    )
    text = forms.CharField(
        label="Letterlijke tekst",
        help_text=f"Verander alleen wat anders moet. {TEXT_HELP}",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    direction = forms.ChoiceField(label="Wat is de richting?")
    target_value = DutchNumberField(label="Wat is het doel?", decimals=2)
    deadline = DutchDateField(label="Wanneer moet het klaar zijn?", help_text="Bijvoorbeeld 31-12-2017.")
    lead = forms.ModelChoiceField(label="Wie voert het uit?", queryset=Party.objects.none(), empty_label=None)
    reason = LongTextField(
        label="Waarom is deze wijziging nodig?",
        help_text="De andere partijen beslissen op grond hiervan.",
        min_length=20,
        max_length=1000,
    )

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.commitment = commitment
        self.fields["deadline"].required = commitment.deadline is not None
        lead = self.fields["lead"]
        assert isinstance(lead, forms.ModelChoiceField)
        taking_part = Q(signatures__agreement=commitment.year_slice.agreement_id)
        lead.queryset = Party.objects.filter(taking_part | Q(pk=commitment.lead_id)).distinct()
        self.parts = commitment.living_parts()
        self._ask_for_target(commitment.measure)
        self._ask_for_parts()
        self.initial = {**commitment.editable_values(), "version": commitment.version, **self.initial}

    def _ask_for_target(self, target: Target | None) -> None:
        """Without a figure there is nothing to change; "gedaan" stays "gedaan"."""
        if target is None or target.indicator.is_yes_no:
            del self.fields["direction"], self.fields["target_value"]
            return
        direction, value = self.fields["direction"], self.fields["target_value"]
        assert isinstance(direction, forms.ChoiceField)
        assert isinstance(value, DutchNumberField)
        direction.choices = [c for c in Target.Direction.choices if c[0] != Target.Direction.YES_NO]
        value.help_text = f"In {target.indicator.unit}. Nu: {dutch_number(target.value)}."
        if target.indicator.value_kind == Indicator.ValueKind.PERCENTAGE:
            value.maximum = 100

    def _ask_for_parts(self) -> None:
        """Of a joint commitment nobody gives the target: it is what the parts come to together."""
        if not self.parts:
            return
        del self.fields["target_value"]
        self.fields["lead"].label = "Wie coördineert het?"
        for part in self.parts:
            now, name = part.target.indicator.in_words(part.target.value), part.lead.name
            question = DutchNumberField(
                label=f"Wat is het deel van {name}?",
                help_text=f"Nu: {now}. Alle delen samen zijn het doel.",
                decimals=2,
            )
            self.fields[f"part_{part.lead_id}"] = question
            self.initial = {f"part_{part.lead_id}": part.target.value, **self.initial}
        self.order_fields([name for name in self.fields if name not in LAST] + LAST)

    def clean_deadline(self) -> Any:
        """A commitment of a jaarschijf is due in its year; one that was agreed later may keep its day."""
        deadline, year = self.cleaned_data["deadline"], self.commitment.year_slice.year
        if deadline and deadline.year != year and deadline != self.commitment.deadline:
            raise ValidationError(f"Deze jaarschijf gaat over {year}. Vul een datum in {year} in.")
        return deadline

    def changes(self) -> dict[str, Any]:
        """{field: value} for `operations.propose_amendment`."""
        given = {name: self.cleaned_data[name] for name in Amendment.FIELDS if name in self.fields}
        if not self.parts:
            return given
        division = by_party((part.lead, self.cleaned_data[f"part_{part.lead_id}"]) for part in self.parts)
        total = sum((value for _, value in division), Decimal(0))
        return {**given, "division": division, "target_value": total}


class AmendmentAnswerForm(PortalForm):
    """Akkoord, or niet akkoord with a reason."""

    outcome = forms.ChoiceField(
        label="Gaat uw organisatie akkoord?",
        choices=[c for c in AmendmentAnswer.Outcome.choices if c[0] in ANSWERS],
        widget=Radios(ANSWERS),
    )
    reason = LongTextField(
        label="Wat is uw reden?",
        help_text="Verplicht als u niet akkoord gaat. Iedereen kan dit lezen.",
        max_length=1000,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Who refuses says why."""
        given = super().clean() or self.cleaned_data
        if given.get("outcome") == AmendmentAnswer.Outcome.REFUSED and not given.get("reason"):
            self.add_error("reason", "Schrijf op waarom uw organisatie niet akkoord gaat.")
        return given
