"""What can never be right in a statement, and what has to be explained before it is taken."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from agreements.stock.models import MOVES, NUMBERS, Ledger, StockStatement
from agreements.stock.queries import HARD, Known, goes_on_from
from agreements.web.formats import dutch_date, dutch_number


def faults(values: Mapping[str, Any], known: Known, *, on: date) -> dict[str, str]:
    """{field: Dutch sentence} for values of a statement; {} when all is possible. Answers that miss are skipped."""
    found: dict[str, str] = {}
    for name, sentence in (
        *_of_moment(values, known.year, on),
        *_of_numbers(values),
        *_of_differences(values, known),
        *_of_correction(values, known),
    ):
        found.setdefault(name, sentence)
    return found


def ledger_in(values: Mapping[str, Any]) -> Ledger | None:
    """The ledger when all seven numbers are there."""
    numbers = {name: values.get(name) for name in NUMBERS}
    return (
        None
        if None in numbers.values()
        else Ledger(**{n: int(v) for n, v in numbers.items() if v is not None})
    )


def differences(values: Mapping[str, Any], known: Known) -> list[str]:
    """What does not add up, each with its numbers: the end, and the begin against the end of the year before."""
    found = []
    ledger = ledger_in(values)
    if ledger and ledger.gap:
        found.append(
            f"Verschil: {dutch_number(ledger.gap)}. Het portaal telt {dutch_number(ledger.computed_end)}, "
            f"opgegeven is {dutch_number(ledger.reported_end)}."
        )
    before, begin = goes_on_from(known.before, values.get("certainty", "")), values.get("begin")
    if before and begin is not None and begin != before.reported_end:
        found.append(
            f"Verschil met {before.year}: {dutch_number(abs(begin - before.reported_end))}. "
            f"{before.year} eindigde op {dutch_number(before.reported_end)}, dit jaar begint met {dutch_number(begin)}."
        )
    return found


def _of_moment(values: Mapping[str, Any], year: int, on: date) -> Iterator[tuple[str, str]]:
    """Hard figures are of a year that is over; nothing was counted on a day that has yet to come."""
    last_day, as_of = date(year, 12, 31), values.get("as_of")
    is_hard = values.get("certainty") == HARD
    if is_hard and on <= last_day:
        yield (
            "certainty",
            f"{year} is nog niet voorbij. Kies ‘Verwacht’. ‘Gerealiseerd’ kan vanaf {dutch_date(date(year + 1, 1, 1))}.",
        )
    if as_of and as_of > on:
        yield "as_of", f"Deze dag is nog niet geweest. Vul een dag tot en met {dutch_date(on)} in."
    elif is_hard and as_of and as_of < last_day:
        yield (
            "as_of",
            f"‘Gerealiseerd’ gaat over het hele jaar. Vul {dutch_date(last_day)} in, of een latere dag.",
        )


def _of_numbers(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Nothing can go that was not there."""
    begin, ledger = values.get("begin"), ledger_in(values)
    for name in (name for name, sign in MOVES.items() if sign < 0):
        gone = values.get(name)
        if begin is not None and gone is not None and gone > begin:
            yield (
                name,
                f"Aan het begin van het jaar waren er {dutch_number(begin)} woningen. Vul {dutch_number(begin)} of minder in.",
            )
    if ledger and ledger.computed_end < 0:
        yield "demolished", "Er gaan meer woningen af dan er zijn. Kijk de aantallen na."


def _of_differences(values: Mapping[str, Any], known: Known) -> Iterator[tuple[str, str]]:
    found = differences(values, known)
    if found and not values.get("explanation"):
        yield "explanation", f"{' '.join(found)} Leg uit hoe dat komt, of verbeter een aantal."


def _of_correction(values: Mapping[str, Any], known: Known) -> Iterator[tuple[str, str]]:
    if (there := known.newest.get(values.get("certainty", ""))) and not values.get("reason"):
        certainty = StockStatement.Certainty(there.certainty).label.lower()
        yield (
            "reason",
            f"Er is al een opgave voor {known.year} ({certainty}). Schrijf op waarom u die verbetert.",
        )
