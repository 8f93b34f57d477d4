"""What can never be right in a draft, whoever wrote it. What could be sharper stands in smart.py."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from agreements.commitments.models import Indicator, Target
from agreements.web.formats import dutch_number

QUARTERS = ("plan_1", "plan_2", "plan_3", "plan_4")
TARGET = ("indicator", "direction", "target_value")
FIGURES = ("target_value", "out_of", "baseline", *QUARTERS)


def faults(values: Mapping[str, Any], *, year: int) -> dict[str, str]:
    """{field: Dutch sentence} for values as in `Commitment.editable_values`; {} when all is possible."""
    found: dict[str, str] = {}
    for name, sentence in (
        *_of_deadline(values, year),
        *_of_parties(values),
        *_of_dependency(values),
        *_of_target(values),
        *_of_figures(values),
    ):
        found.setdefault(name, sentence)
    if found.keys().isdisjoint(TARGET) and (sentence := fault_in_division(values)):
        found["division"] = sentence
    return found


def fault_in_division(values: Mapping[str, Any]) -> str:
    """Why this division over parties cannot be; "" when it can, or when nothing is divided."""
    rows = values.get("division") or ()
    indicator, goal = values.get("indicator"), values.get("target_value")
    if not rows:
        return ""
    if indicator is None or goal is None:
        return "Er is nog geen doel om te verdelen. Vul eerst in wat u telt, de richting en het doel."
    if not indicator.adds_up:
        kind = indicator.get_value_kind_display()
        return f"U telt een {kind}. Dat kunt u niet optellen, dus ook niet verdelen. Maak een eigen afspraak per partij."
    if len(rows) < 2:
        return "Verdeel het doel over minstens twee partijen, of maak de verdeling leeg."
    if len({party for party, _ in rows}) < len(rows):
        return "Een partij staat er twee keer bij. Geef elke partij één deel."
    if any(value <= 0 for _, value in rows):
        return "Elk deel moet meer dan 0 zijn. Haal een partij zonder deel weg."
    total = sum((value for _, value in rows), Decimal(0))
    if total != goal:
        return (
            f"De delen zijn samen {indicator.in_words(total)}, maar het doel is {indicator.in_words(goal)}. "
            "Maak ze gelijk."
        )
    return ""


def _of_deadline(values: Mapping[str, Any], year: int) -> Iterator[tuple[str, str]]:
    if (deadline := values.get("deadline")) and deadline.year != year:
        yield "deadline", f"Deze jaarschijf gaat over {year}. Vul een datum in {year} in."


def _of_parties(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    parties = [party for party, _ in values.get("contributors") or ()]
    if values.get("lead") in parties:
        yield (
            "contributors",
            f"{values['lead']} voert de afspraak al uit. Haal deze partij weg bij ‘werkt mee’.",
        )
    if len(set(parties)) < len(parties):
        yield "contributors", "Een partij staat er twee keer bij. Zet alles wat zij doet in één vak."


def _of_dependency(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if values.get("depends_on") and not values.get("needs"):
        yield "needs", "Schrijf op wat er eerst nodig is."
    if values.get("needs") and not values.get("depends_on"):
        yield "depends_on", "Kies de afspraak die eerst klaar moet zijn, of maak het vak hieronder leeg."


def _of_target(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A target is whole or absent: what is counted, the direction and the number."""
    empty = [name for name in TARGET if values.get(name) in (None, "")]
    rest = [name for name in FIGURES[1:] if values.get(name) is not None]
    if len(empty) == 3 and rest:
        yield "indicator", "U vulde cijfers in. Kies ook wat u telt, de richting en het doel."
    elif 0 < len(empty) < 3:
        for name in empty:
            yield name, "Vul ook dit in, of maak alle drie de vragen over het doel leeg."


def _of_figures(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    indicator, goal, out_of = values.get("indicator"), values.get("target_value"), values.get("out_of")
    if indicator is None or goal is None:
        return
    if (indicator.is_yes_no) != (values.get("direction") == Target.Direction.YES_NO):
        yield (
            "direction",
            "Telt u ja of nee? Kies dan ‘gedaan of niet’. Telt u iets anders? Kies dan een andere richting.",
        )
    if indicator.is_yes_no and goal != 1:
        yield "target_value", "Vul 1 in: het gaat om gedaan of niet gedaan."
    most = Decimal(100) if indicator.value_kind == Indicator.ValueKind.PERCENTAGE else out_of
    for name in FIGURES:
        value = values.get(name)
        if most is not None and name != "out_of" and value is not None and value > most:
            yield name, _too_much(most, indicator)
    yield from _of_steps(values, indicator)


def _too_much(most: Decimal, indicator: Indicator) -> str:
    if indicator.value_kind == Indicator.ValueKind.PERCENTAGE:
        return "Meer dan 100 procent kan niet. Vul 100 of minder in."
    return f"In totaal zijn er {dutch_number(most)}. Vul {dutch_number(most)} of minder in."


def _of_steps(values: Mapping[str, Any], indicator: Indicator) -> Iterator[tuple[str, str]]:
    """What is added up from 1 January never goes down."""
    highest = Decimal(0)
    for name in QUARTERS:
        value = values.get(name)
        if value is None or indicator.counting != Indicator.Counting.CUMULATIVE:
            continue
        if value < highest:
            yield name, f"U telt op vanaf 1 januari. Dit moet dan {dutch_number(highest)} of meer zijn."
        highest = max(highest, value)
