"""Questions in rows: a party, and what belongs to it. Blank rows at the end, so that it works without a script."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from agreements.commitments.models import by_party
from agreements.parties.models import Party
from agreements.web.forms import DutchNumberField

MOST_ROWS = 20


@dataclass(frozen=True)
class PartyRows:
    """One set of rows in a form. `party` and `other` are the names of its two questions, without their number.

    `ask_party` and `ask_other` make the questions of row number so and so; the sentences are for a row that is half;
    `spare` is how many blank rows there are after those that are filled.
    """

    label: str
    party: str
    other: str
    ask_party: str
    ask_other: Callable[[int], forms.Field]
    other_missing: str
    party_missing: str
    spare: int

    def start(self, rows: Iterable[tuple[Party, Any]]) -> dict[str, Any]:
        """What the form shows at first."""
        found: dict[str, Any] = {}
        for number, (party, what) in enumerate(rows):
            found |= {f"{self.party}_{number}": party.pk, f"{self.other}_{number}": what}
        return found

    def add_to(self, form: Any, parties: Iterable[Party], there: int) -> None:
        """A row for each one that is there or was typed, and blank ones to add."""
        choices = [("", "Geen partij"), *((party.pk, party.name) for party in parties)]
        for number in range(self._count(form, there)):
            label = self.ask_party.format(number + 1)
            party = forms.ChoiceField(label=label, choices=choices, required=False)
            form.fields[f"{self.party}_{number}"] = party
            form.fields[f"{self.other}_{number}"] = self.ask_other(number + 1)

    def of(self, form: Any) -> Iterator[tuple[Any, Any]]:
        """(question for the party, question for what belongs to it) of each row."""
        number = 0
        while f"{self.party}_{number}" in form.fields:
            yield form[f"{self.party}_{number}"], form[f"{self.other}_{number}"]
            number += 1

    def read(
        self, form: Any, given: dict[str, Any], parties: dict[str, Party]
    ) -> tuple[tuple[Party, Any], ...]:
        """The rows that are whole; the others get a sentence."""
        rows = []
        for party, other in self.of(form):
            chosen, what = given.get(party.name, ""), given.get(other.name)
            if chosen and what in (None, "") and other.name not in form.errors:
                form.add_error(other.name, self.other_missing)
            elif not chosen and what not in (None, "") and party.name not in form.errors:
                form.add_error(party.name, self.party_missing)
            elif chosen and what not in (None, ""):
                rows.append((parties[chosen], what))
        return by_party(rows)

    def has(self, name: str) -> bool:
        """Whether a name in what was sent is of one of these rows."""
        return name.startswith((f"{self.party}_", f"{self.other}_"))

    def _count(self, form: Any, there: int) -> int:
        def is_filled(number: int) -> bool:
            names = (f"{self.party}_{number}", f"{self.other}_{number}")
            return any(form.data.get(name) or form.initial.get(name) for name in names)

        filled = [number + 1 for number in range(MOST_ROWS) if is_filled(number)]
        return max(there, *filled, 0) + self.spare


ROWS = {
    "contributors": PartyRows(
        label="Wie werkt mee?",
        party="contributor",
        other="contribution",
        ask_party="Partij {} die meewerkt",
        ask_other=lambda n: forms.CharField(label=f"Wat doet partij {n}?", max_length=300, required=False),
        other_missing="Schrijf op wat deze partij doet, of kies ‘Geen partij’.",
        party_missing="Kies een partij, of maak ook het vak ernaast leeg.",
        spare=2,
    ),
    "division": PartyRows(
        label="Verdeling over partijen",
        party="partner",
        other="part",
        ask_party="Partij {} met een eigen deel",
        ask_other=lambda n: DutchNumberField(label=f"Hoeveel doet partij {n}?", decimals=2, required=False),
        other_missing="Vul in hoeveel deze partij doet, of kies ‘Geen partij’.",
        party_missing="Kies van welke partij dit deel is, of maak ook het vak erna leeg.",
        spare=3,
    ),
}
