"""The form in which a coordinator decides on an agenda item."""

from typing import Any

from django import forms

from agreements.agenda.models import AgendaItem, Fate
from agreements.agenda.queries import drafts_of
from agreements.agreement.models import YearSlice
from agreements.commitments.models import Commitment
from agreements.parties.models import Party
from agreements.web.forms import LongTextField, PortalForm, Radios

KINDS = {
    "concretised": "Er komt een afspraak in deze jaarschijf, of er is al een concept.",
    "postponed": "Partijen besluiten er in een later jaar over.",
    "dropped": "Partijen maken er geen afspraak over.",
}
LIST = forms.CheckboxSelectMultiple


class FateForm(PortalForm):
    """What becomes of an agenda item in a year. `seen` is the version of the decision the form was filled from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    kind = forms.ChoiceField(label="Wat besluiten partijen?", choices=Fate.Kind, widget=Radios(KINDS))
    commitments = forms.ModelMultipleChoiceField(
        label="Welke concepten horen bij dit agendapunt?",
        help_text="Alleen bij ‘Afspraak gemaakt’.",
        queryset=Commitment.objects.none(),
        widget=LIST,
        required=False,
    )
    new_for = forms.ModelMultipleChoiceField(
        label="Wie krijgt een nieuw concept?",
        help_text=(
            "Alleen bij ‘Afspraak gemaakt’. Elke partij die u kiest, krijgt een eigen concept met de tekst van het "
            "agendapunt. Daarna vult u doel en datum in."
        ),
        queryset=Party.objects.all(),
        widget=LIST,
        required=False,
    )
    to_year = forms.TypedChoiceField(
        label="Naar welk jaar?",
        help_text="Alleen bij ‘Doorgeschoven’.",
        coerce=int,
        empty_value=None,
        required=False,
    )
    reason = LongTextField(
        label="Waarom?",
        help_text="Nodig bij ‘Doorgeschoven’ en ‘Vervallen’. Iedereen kan dit lezen.",
        max_length=1000,
        required=False,
    )

    def __init__(self, *args: Any, item: AgendaItem, year_slice: YearSlice, **kwargs: Any):
        super().__init__(*args, **kwargs)
        drafts, to_year = self.fields["commitments"], self.fields["to_year"]
        assert isinstance(drafts, forms.ModelMultipleChoiceField)
        assert isinstance(to_year, forms.TypedChoiceField)
        drafts.queryset = drafts_of(year_slice)
        to_year.choices = [("", "Kies een jaar"), *_later_years(year_slice)]
        if not drafts.queryset.exists():
            del self.fields["commitments"]
        self.initial = {**_as_decided(item, year_slice.year), **(self.initial or {})}

    def decision(self) -> dict[str, Any]:
        """What `operations.decide_fate` needs; answers that belong to another decision are left out."""
        given = self.cleaned_data
        kind = given["kind"]
        decision = {"kind": kind, "reason": given["reason"], "seen": given["seen"]}
        if kind == Fate.Kind.CONCRETISED:
            decision |= {"commitments": list(given.get("commitments", [])), "new_for": list(given["new_for"])}
        if kind == Fate.Kind.POSTPONED:
            decision["to_year"] = given["to_year"]
        return decision


def _later_years(year_slice: YearSlice) -> list[tuple[int, str]]:
    """The years after this one, up to the first of the next agreement."""
    last = year_slice.agreement.last_year
    years = [(year, str(year)) for year in range(year_slice.year + 1, last + 1)]
    return [*years, (last + 1, f"{last + 1} (volgende prestatieafspraken)")]


def _as_decided(item: AgendaItem, year: int) -> dict[str, Any]:
    """The answers of the decision that is there; without one only who is meant to do it."""
    fate = item.fate_in(year)
    if fate is None:
        return {"seen": 0, "new_for": [item.lead_id] if item.lead_id else []}
    return {
        "seen": fate.version,
        "kind": fate.kind,
        "commitments": [commitment.pk for commitment in fate.commitments.all()],
        "to_year": fate.to_year,
        "reason": fate.reason,
    }
