"""The forms of signing: opening and ending a round, signing, declining."""

from typing import Any

from django import forms

from agreements.accounts.models import User
from agreements.agreement.models import YearSlice
from agreements.agreement.queries import parties_to
from agreements.parties.models import Mandate, Party
from agreements.parties.queries import mandated_for
from agreements.signing.models import Seat, SigningRound
from agreements.web.dates import today
from agreements.web.forms import DutchDateField, LongTextField, PortalForm

MOST_KEY_BYTES = 100_000


class RoundForm(PortalForm):
    """Whom we ask to sign, and until when."""

    due_on = DutchDateField(
        label="Tot en met welke dag kunnen partijen antwoorden?", help_text="Bijvoorbeeld 01-12-2017."
    )
    scope = forms.ChoiceField(
        label="Wat tekenen de partijen?", choices=SigningRound.Scope, widget=forms.RadioSelect
    )
    parties = forms.ModelMultipleChoiceField(
        label="Welke partijen vraagt u om te tekenen?",
        help_text="Iedereen kan lezen wie is gevraagd.",
        queryset=Party.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    is_municipality_last = forms.BooleanField(label="De gemeente tekent als laatste", required=False)

    def __init__(self, *args: Any, year_slice: YearSlice, **kwargs: Any):
        super().__init__(*args, **kwargs)
        parties = self.fields["parties"]
        assert isinstance(parties, forms.ModelMultipleChoiceField)
        parties.queryset = parties_to(year_slice.agreement)
        everyone = [party.pk for party in parties.queryset]
        self.initial = {"parties": everyone, "scope": SigningRound.Scope.YEAR, **(self.initial or {})}
        if year_slice.agreement.signed_on:  # as a whole it is signed once
            del self.fields["scope"]


class EndForm(PortalForm):
    """Why a round ends without a result."""

    reason = LongTextField(
        label="Waarom beëindigt u de ondertekening?",
        help_text="Iedereen kan dit lezen.",
        min_length=20,
        max_length=500,
    )


class SignForm(PortalForm):
    """What somebody declares when signing."""

    has_read = forms.BooleanField(label="Ik heb de hele tekst gelezen")
    may_sign = forms.BooleanField()

    def __init__(self, *args: Any, seat: Seat, mandate: Mandate, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields[
            "may_sign"
        ].label = (
            f"Ik teken namens {seat.party.name}, als {mandate.function[:1].lower()}{mandate.function[1:]}"
        )


class CertificateForm(PortalForm):
    """The key of a party itself. The password opens the file once and is not kept."""

    upload = forms.FileField(
        label="Welk bestand met uw certificaat en sleutel wilt u gebruiken?",
        help_text="Een PKCS#12-bestand. De naam eindigt op .p12 of .pfx. Hoogstens 100 kB.",
    )
    password = forms.CharField(
        label="Wat is het wachtwoord van dit bestand?",
        help_text="Het portaal gebruikt het één keer en bewaart het niet.",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        required=False,
        strip=False,
        max_length=200,
    )

    def clean_upload(self) -> Any:
        """A key with its certificates is small; what is larger is something else."""
        upload = self.cleaned_data["upload"]
        if upload.size > MOST_KEY_BYTES:
            raise forms.ValidationError("Dit bestand is te groot. Kies een PKCS#12-bestand.")
        return upload


class OutsideForm(PortalForm):
    """What the municipality got from a party that signed elsewhere. `kept` is the file sent with an earlier try."""

    upload = forms.FileField(
        label="Welk bestand is getekend?",
        help_text="Een scan van het papier, of de pdf met de digitale handtekening. Een pdf van hoogstens 10 MB.",
    )
    kept = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31)
    signed_on = DutchDateField(
        label="Op welke dag is er getekend?",
        help_text="Bijvoorbeeld 20-11-2017. De dag staat bij de handtekening.",
    )
    function = forms.CharField(
        label="In welke functie is er getekend?",
        help_text="Iedereen kan dit later lezen. Bijvoorbeeld: directeur-bestuurder. Vul geen naam in.",
        max_length=120,
    )
    ground = forms.CharField(
        label="Op grond van welk besluit?",
        help_text="Zoals de partij het zegt. Bijvoorbeeld: besluit van het bestuur van 3 oktober 2017.",
        max_length=200,
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["upload"].required = not self.data.get("kept")


class OutsideDeclineForm(OutsideForm):
    """What a party wrote to the municipality when it does not sign."""

    field_order = ["upload", "kept", "signed_on", "function", "ground", "why"]

    why = LongTextField(
        label="Waarom tekent de partij niet?",
        help_text="Neem de woorden van de partij over. Iedereen kan dit later lezen.",
        min_length=20,
        max_length=500,
        rows=6,
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["upload"].label = "Wat stuurde de partij?"
        self.fields["upload"].help_text = (
            "De brief of verklaring als pdf, hoogstens 10 MB. Iedereen kan hem lezen als de ondertekening is gesloten. "
            "Maak namen van personen onleesbaar."
        )
        self.fields["signed_on"].label = "Van welke dag is de brief?"
        self.fields["signed_on"].help_text = "Bijvoorbeeld 20-11-2017. De dag staat bij het antwoord."
        self.fields["function"].label = "In welke functie schreef iemand dit?"


class DelegateForm(PortalForm):
    """Who answers for a party."""

    to = forms.ModelChoiceField(
        label="Aan wie draagt u het over?", queryset=User.objects.none(), empty_label="Kies een persoon"
    )

    def __init__(self, *args: Any, seat: Seat, by: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choice = self.fields["to"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = mandated_for(seat.party, today()).exclude(pk=by.pk)


class RejectForm(PortalForm):
    """Why a file from outside the portal does not count."""

    reason = LongTextField(
        label="Waarom telt dit niet?",
        help_text="Uw collega’s lezen dit.",
        min_length=10,
        max_length=500,
    )


class AfterwordForm(PortalForm):
    """What a party wants to say later about its answer."""

    text = LongTextField(
        label="Wat wilt u zeggen over uw antwoord?",
        help_text="Iedereen kan dit meteen lezen.",
        rows=6,
        min_length=20,
        max_length=1000,
    )


class DeclineForm(PortalForm):
    """Why a party does not sign. `kept` is the statement uploaded with an earlier try, so that it need not be chosen again."""

    reason = LongTextField(
        label="Waarom tekent uw organisatie niet?",
        help_text="In uw eigen woorden.",
        rows=6,
        min_length=20,
        max_length=500,
    )
    upload = forms.FileField(
        label="Eigen verklaring toevoegen",
        help_text="Een brief of persbericht als pdf, hoogstens 10 MB. Zet er geen namen van bewoners in.",
        required=False,
    )
    kept = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31)
    knows_public = forms.BooleanField(
        label="Ik weet dat iedereen de reden en de verklaring kan lezen als de ondertekening is gesloten"
    )
