"""The form in which the municipality opens a round."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from agreements.agreement.models import YearSlice
from agreements.parties.models import Party
from agreements.progress.models import DAYS_TO_ASSESS, ReportingRound
from agreements.progress.queries import Debt
from agreements.web.dates import today
from agreements.web.formats import counted, days_left
from agreements.web.forms import DutchDateField, LongTextField, PortalForm


class RoundForm(PortalForm):
    """Asking the parties for their figures: over which period, counted when, and by when."""

    year_slice = forms.ModelChoiceField(
        label="Over welke jaarschijf gaat het?",
        queryset=YearSlice.objects.filter(phase=YearSlice.Phase.ADOPTED),
        empty_label=None,
    )
    name = forms.CharField(
        label="Hoe heet de ronde?", help_text="Bijvoorbeeld: Vierde kwartaal 2017.", max_length=60
    )
    as_of = DutchDateField(
        label="Wat is de peildatum?",
        help_text="Over deze dag geven partijen de stand door. Bijvoorbeeld 31-12-2017.",
    )
    due_on = DutchDateField(label="Wanneer moet alles binnen zijn?", help_text="Bijvoorbeeld 15-01-2018.")
    assess_until = DutchDateField(
        label="Tot en met welke dag mogen de andere partijen oordelen?",
        help_text=f"Als u niets invult: tot en met {DAYS_TO_ASSESS} dagen na de dag waarop alles binnen moet zijn.",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """The peildatum lies in the year, once, and the due date after it and not in the past."""
        given = super().clean() or self.cleaned_data
        year_slice, as_of, due_on = (given.get(name) for name in ("year_slice", "as_of", "due_on"))
        if year_slice and as_of and as_of.year != year_slice.year:
            self.add_error("as_of", f"Vul een dag in {year_slice.year} in.")
        running = ReportingRound.objects.open_on(today()).first()
        if running:
            raise ValidationError(
                f"Sluit eerst de ronde {running.name.lower()}. Daarna kunt u een nieuwe openen."
            )
        if as_of and ReportingRound.objects.filter(as_of=as_of).exists():
            self.add_error("as_of", "Er is al een ronde met deze peildatum.")
        if due_on and due_on < max(as_of or today(), today()):
            self.add_error("due_on", "Vul een dag in na de peildatum die nog niet voorbij is.")
        assess_until = given.get("assess_until")
        if due_on and assess_until and assess_until < due_on:
            self.add_error("assess_until", "Vul een dag in op of na de dag waarop alles binnen moet zijn.")
        return given


class RemindForm(PortalForm):
    """Which parties are reminded now. `others` owe something too, but cannot be reminded today."""

    parties = forms.ModelMultipleChoiceField(
        label="Wie herinnert u?",
        queryset=Party.objects.all(),
        to_field_name="key",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies minstens één partij."},
    )

    def __init__(self, *args: Any, debts: list[Debt], **kwargs: Any):
        super().__init__(*args, **kwargs)
        can = [debt for debt in debts if not debt.refusal]
        field = self.fields["parties"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.choices = [(debt.party.key, _owes(debt)) for debt in can]
        late = [debt.party.key for debt in can if debt.is_late]
        self.initial = {"parties": late or [debt.party.key for debt in can], **(self.initial or {})}
        self.has_choices = bool(can)
        self.others = [debt for debt in debts if debt.refusal]


def _owes(debt: Debt) -> str:
    number = counted(len(debt.commitments), "afspraak", "afspraken")
    return f"{debt.party.name}: {number}, {days_left(debt.round.due_on, debt.on).lower()}"


class WindowForm(PortalForm):
    """Until when the other parties judge the figures of a round."""

    until = DutchDateField(
        label="Tot en met welke dag mogen de andere partijen oordelen?",
        help_text="Vandaag of later, en niet vóór de dag waarop alles binnen moet zijn.",
    )
    reason = LongTextField(
        label="Waarom verandert u deze dag?",
        help_text="De reden blijft te lezen bij de ronde.",
        rows=3,
        min_length=10,
        max_length=500,
    )
    seen = DutchDateField(widget=forms.HiddenInput)


class ReopenForm(PortalForm):
    """Why a closed round is opened again."""

    reason = LongTextField(
        label="Waarom opent u deze ronde weer?",
        help_text="De reden blijft te lezen bij de ronde.",
        rows=3,
        min_length=10,
        max_length=500,
    )
