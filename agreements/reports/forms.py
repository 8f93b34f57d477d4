"""What coordinators and parties fill in about a report."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from agreements.agreement.models import YearSlice
from agreements.commitments.models import Commitment
from agreements.parties.models import Mandate, Party
from agreements.pdf.verify import MOST_BYTES
from agreements.reports.models import Report
from agreements.reports.queries import reportable_rounds
from agreements.web.dates import today
from agreements.web.forms import DutchDateField, LongTextField, PortalForm, Radios

Kind = Report.Kind
# Which of the other questions a kind needs.
NEEDS = {
    Kind.AGREEMENT: ("year_slice",),
    Kind.COMMITMENT: ("round", "commitment"),
    Kind.PARTY: ("round", "party"),
}
SUBJECTS = ("round", "year_slice", "commitment", "party")


class ReportForm(PortalForm):
    """Which kind of report, and about what. A question that does not belong to the kind is not looked at."""

    kind = forms.ChoiceField(
        label="Wat voor rapportage maakt u?",
        choices=Kind.choices,
        initial=Kind.PROGRESS,
        widget=Radios({kind.value: kind.meaning for kind in Kind}),
    )
    round = forms.ModelChoiceField(
        label="Over welke ronde gaat de rapportage?",
        help_text="De cijfers van dit moment worden vastgelegd. Daarna veranderen ze niet meer.",
        queryset=reportable_rounds(),
        empty_label="Kies een ronde",
    )
    year_slice = forms.ModelChoiceField(
        label="Welke jaarschijf?",
        help_text="Alleen nodig voor de afspraken zoals getekend.",
        queryset=YearSlice.objects.filter(phase__in=YearSlice.ADOPTED_PHASES),
        empty_label="Kies een jaarschijf",
    )
    commitment = forms.ModelChoiceField(
        label="Welke afspraak?",
        help_text="Alleen nodig voor één afspraak.",
        queryset=Commitment.objects.filter(year_slice__phase__in=YearSlice.ADOPTED_PHASES).order_by("code"),
        empty_label="Kies een afspraak",
    )
    party = forms.ModelChoiceField(
        label="Welke partij?",
        help_text="Alleen nodig voor het blad van een partij.",
        queryset=Party.objects.filter(signatures__isnull=False).distinct(),
        empty_label="Kies een partij",
    )

    def full_clean(self) -> None:
        """No question is optional to who sees the form; which ones must be answered depends on the kind."""
        for field in self.fields.values():
            field.required = False
        super().full_clean()
        for field in self.fields.values():
            field.required = True

    def clean_kind(self) -> str:
        """Without a choice it is the ordinary report."""
        return self.cleaned_data["kind"] or Kind.PROGRESS

    def clean(self) -> dict[str, Any]:
        """Demand what the kind needs, forget the rest."""
        given = super().clean() or self.cleaned_data
        needed = NEEDS.get(given.get("kind", Kind.PROGRESS), ("round",))
        for name in SUBJECTS:
            if name not in needed:
                given[name] = None
            elif not given.get(name) and name not in self.errors:
                self.add_error(name, f"Beantwoord de vraag ‘{self.fields[name].label}’.")
        self._check_year(given)
        return given

    def _check_year(self, given: dict[str, Any]) -> None:
        commitment, round_ = given.get("commitment"), given.get("round")
        if commitment and round_ and commitment.year_slice_id != round_.year_slice_id:
            self.add_error(
                "commitment",
                "Deze afspraak hoort bij een ander jaar dan de ronde. Kies een afspraak uit hetzelfde jaar, of een andere ronde.",
            )


class SharingForm(PortalForm):
    """Until when the parties may comment."""

    until = DutchDateField(
        label="Tot en met welke dag mogen de partijen reageren?",
        help_text="Geef ze genoeg tijd. Bijvoorbeeld een week. Publiceren kan vanaf de dag erna.",
    )

    def clean_until(self) -> date:
        """A day that is still to come, within the year."""
        until: date = self.cleaned_data["until"]
        if until < today():
            raise ValidationError("Deze dag is al voorbij. Kies een latere dag.")
        if (until - today()).days > 365:
            raise ValidationError("Deze dag is meer dan een jaar weg. Kijk het jaar na.")
        return until


class CommentForm(PortalForm):
    """What a party says about a draft; `key` makes sure that it is sent once."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = LongTextField(
        label="Wat wilt u over het concept zeggen?",
        help_text="Noem het nummer van de afspraak of de pagina. Schrijf ‘geen opmerkingen’ als alles klopt.",
        rows=6,
        max_length=1000,
    )


class ReasonForm(PortalForm):
    """Why a report is withdrawn or corrected. Everyone reads it."""

    reason = LongTextField(
        label="Wat is de reden?",
        help_text="Iedereen kan dit lezen.",
        min_length=20,
        max_length=1000,
    )


class SignatureForm(PortalForm):
    """What an alderman declares when signing a report."""

    has_read = forms.BooleanField(label="Ik heb de rapportage gelezen")
    may_sign = forms.BooleanField()

    def __init__(self, *args: Any, mandate: Mandate, **kwargs: Any):
        super().__init__(*args, **kwargs)
        function = f"{mandate.function[:1].lower()}{mandate.function[1:]}"
        self.fields["may_sign"].label = f"Ik teken namens {mandate.party.name}, als {function}"


class CheckForm(PortalForm):
    """A file of anybody, cleaned to its bytes."""

    file = forms.FileField(
        label="Kies of sleep hier uw pdf",
        help_text=f"Hoogstens {MOST_BYTES // 1_000_000} MB. Wij bewaren het bestand niet.",
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        allow_empty_file=True,
        max_length=None,
    )

    def clean_file(self) -> bytes:
        """Of a file that is too large only so much is read that it shows."""
        data: bytes = self.cleaned_data["file"].read(MOST_BYTES + 1)
        return data
