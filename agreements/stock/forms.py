"""The form in which a corporation states its stock."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms

from agreements.parties.models import Party
from agreements.stock.faults import differences, faults, ledger_in
from agreements.stock.models import MOST, NUMBERS, Ledger, StockStatement
from agreements.stock.queries import EXPECTED, HARD, Known
from agreements.web.dates import today
from agreements.web.forms import DutchDateField, DutchNumberField, LongTextField, PortalForm, Radios

MEANINGS = {
    "hard": "Het jaar is voorbij en deze aantallen liggen vast.",
    "expected": "Het jaar is nog niet voorbij, of de aantallen zijn nog niet definitief.",
}
WORDS = ("certainty", "as_of", "origin", "explanation", "reason")


def homes(label: str, help_text: str = "") -> DutchNumberField:
    """A question for a number of whole homes."""
    return DutchNumberField(label=label, help_text=help_text, maximum=MOST, noun="aantal", suffix="woningen")


class StatementForm(PortalForm):
    """The ledger of one corporation for one year. `known` is what it stated before; `seen` how much of it was shown."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    certainty = forms.ChoiceField(
        label="Hoe zeker zijn deze aantallen?",
        choices=StockStatement.Certainty,
        widget=Radios(MEANINGS),
    )
    begin = homes("Hoeveel woningen waren er op 1 januari?")
    built = homes("Hoeveel zijn er gebouwd?", "Nieuwe sociale huurwoningen, geteld bij de oplevering.")
    bought = homes("Hoeveel zijn er gekocht?")
    sold = homes("Hoeveel zijn er verkocht?")
    liberalised = homes(
        "Hoeveel zijn er geliberaliseerd?",
        "Deze woningen hebben nu een vrije huur en zijn niet meer sociaal.",
    )
    demolished = homes("Hoeveel zijn er gesloopt?")
    reported_end = homes(
        "Hoeveel woningen zijn er op 31 december volgens u?",
        "Vul in wat u zelf telt of verwacht. Het portaal rekent dit na en laat een verschil zien.",
    )
    as_of = DutchDateField(
        label="Wat is de peildatum?", help_text="Op welke dag zijn de aantallen geteld of verwacht?"
    )
    origin = forms.CharField(
        label="Waar komen de aantallen vandaan?",
        help_text="Bijvoorbeeld: jaarverslag 2016, pagina 40. Hoogstens 200 tekens.",
        max_length=200,
    )
    explanation = LongTextField(
        label="Toelichting",
        help_text="Nodig als er een verschil is. Iedereen kan dit lezen.",
        max_length=1000,
        required=False,
    )
    reason = LongTextField(
        label="Waarom verbetert u een eerdere opgave?",
        help_text="Nodig als u een opgave verbetert. De oude blijft te lezen.",
        rows=3,
        max_length=500,
        required=False,
    )

    def __init__(self, *args: Any, party: Party, known: Known, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.party, self.known = party, known
        self.initial = {**self._start(), **(self.initial or {})}

    def _start(self) -> dict[str, Any]:
        """What the form shows at first: the newest statement of the year, else where the year before ended."""
        last_day = date(self.known.year, 12, 31)
        is_over = last_day < today()
        start = {
            "key": uuid4(),
            "seen": self.known.count,
            "certainty": HARD if is_over else EXPECTED,
            "as_of": last_day if is_over else today(),
        }
        if newest := self.known.newest.get(HARD) or self.known.newest.get(EXPECTED):
            names = NUMBERS if is_over and newest.certainty == EXPECTED else (*NUMBERS, *WORDS[:-1])
            return {**start, **{name: getattr(newest, name) for name in names}}
        before = self.known.before.get(HARD) or self.known.before.get(EXPECTED)
        return {**start, "begin": before.reported_end if before else None}

    @property
    def is_check(self) -> bool:
        """Whether somebody only wants to see what the portal counts."""
        return "check" in self.data

    @property
    def ledger(self) -> Ledger | None:
        """What was typed, once all seven numbers can be read."""
        return ledger_in(self.cleaned_data) if self.is_bound and hasattr(self, "cleaned_data") else None

    @property
    def differences(self) -> list[str]:
        """What does not add up in what was typed."""
        return differences(self.cleaned_data, self.known) if self.ledger else []

    def values(self) -> dict[str, Any]:
        """What was answered, for `operations.submit_statement`."""
        numbers = {name: int(self.cleaned_data[name]) for name in NUMBERS}
        return {**numbers, **{name: self.cleaned_data[name] for name in WORDS}}

    def clean(self) -> dict[str, Any]:
        """Rules over more than one answer. When a colleague was first the operation says so, with both."""
        given = super().clean() or self.cleaned_data
        if given.get("seen") == self.known.count:
            for name, sentence in faults(given, self.known, on=today()).items():
                if name not in self.errors:
                    self.add_error(name, sentence)
        return given
