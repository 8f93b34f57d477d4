"""Advice on a draft: is it specific, measurable, agreed, realistic and dated? Pure, and never blocking.

What is missing or soft is pointed out with what to do. For an effort, process or study commitment the advice
that does not fit that kind is left out: such a promise may be softer, as long as it says so.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from agreements.commitments.models import Commitment, Target
from agreements.web.formats import dutch_number
from agreements.web.markup import plain_words

Kind = Commitment.Kind


@dataclass(frozen=True)
class Hint:
    """What strikes us, and what to do about it; both Dutch sentences. `topic` is one word for tests and lists."""

    topic: str
    what: str
    advice: str


# Stems, because a promise is softened in every form of the verb: streven, streeft, nagestreefd.
EFFORT_WORDS = (
    r"(?:na)?(?:ge)?stre(?:ven|vend|eft|efden?|efd)",
    r"(?:in te )?inspann\w*|inspanning\w*|ingespannen|in te spannen|span(?:t|nen)(?: \w+){0,2} zich",
    r"zo ?veel (?:als )?mogelijk",
    r"zo (?:snel|spoedig|goed|min|laag|hoog) mogelijk",
    r"(?:waar|indien|als|voor zover|wanneer) (?:dat |dit |het )?mogelijk",
    r"(?:waar|zo|indien) nodig",
    r"bevorder\w*",
    r"stimule\w*|gestimuleerd",
    r"tracht\w*|getracht",
    r"prober\w*|probeert|probeerden?|geprobeerd",
    r"op peil",
    r"naar vermogen|naar beste kunnen",
    r"in (?:principe|beginsel)",
    r"voldoende|substantieel|aanzienlijk",
)
TALK_WORDS = (
    r"in (?:\w+ )?overleg",
    r"in gesprek",
    r"aandacht (?:\w+ ){0,2}(?:voor|aan)|aandacht",
    r"mee ?denken|denk(?:t|en)(?: \w+){0,2} mee",
)
NOT_SOFT_IN = {Kind.EFFORT: EFFORT_WORDS, Kind.PROCESS: TALK_WORDS, Kind.STUDY: TALK_WORDS}
YEAR = re.compile(r"\b20[0-9]{2}\b")
SHARE = re.compile(r"\b([0-9][0-9.]*) van de ([0-9][0-9.]*)")


def hints(values: Mapping[str, Any], *, year: int) -> list[Hint]:
    """Advice on values as in `Commitment.editable_values`; what is absent there counts as missing."""
    values = {**values, "text": plain_words(values.get("text") or "")}
    kind = values.get("kind") or Kind.HARD
    measured = [*_on_figures(values)] if kind == Kind.HARD else []
    return [
        *measured,
        *_on_date(values, year),
        *_on_owner(values),
        *_on_dependency(values),
        *_on_words(values, kind),
    ]


def advice_on(commitment: Commitment) -> list[Hint]:
    """Advice on a commitment as it stands; none once the text is fixed or withdrawn, or where it follows the whole."""
    if not commitment.year_slice.is_draft or commitment.withdrawn_on or commitment.part_of:
        return []
    return hints(commitment.editable_values(), year=commitment.year_slice.year)


def soft_words(text: str, kind: str = Kind.HARD) -> list[str]:
    """The words in a text that promise less than they seem to, as they stand there, each once."""
    plain = " ".join(text.split())
    skipped = NOT_SOFT_IN.get(Kind(kind), ())
    stems = [stem for stem in (*EFFORT_WORDS, *TALK_WORDS) if stem not in skipped]
    found = re.finditer(rf"\b(?:{'|'.join(stems)})\b", plain, re.IGNORECASE)
    return list(dict.fromkeys(match[0].lower() for match in found))


def _on_figures(values: Mapping[str, Any]) -> Iterator[Hint]:
    indicator, goal = values.get("indicator"), values.get("target_value")
    if goal is None:
        yield Hint("getal", "Er is geen getal als doel.", "Vul bij ‘Wat is het doel?’ in hoeveel het wordt.")
    if indicator is None:
        advice = "Kies bij ‘Wat tellen we?’ een indicator. Daar horen een eenheid en een bron bij."
        yield Hint("eenheid", "Er staat niet bij wat u telt en in welke eenheid.", advice)
    elif not indicator.supplied_by:
        advice = "Kies een indicator waarbij staat waar de cijfers vandaan komen."
        yield Hint("bron", f"Er staat niet bij wie de cijfers levert van ‘{indicator.name}’.", advice)
    if goal is not None and values.get("direction") == Target.Direction.AT_LEAST:
        yield from _on_plan(goal, values.get("plan_4"))


def _on_plan(goal: Decimal, last: Decimal | None) -> Iterator[Hint]:
    if last is not None and last < goal:
        what = f"De planning eindigt op {dutch_number(last)}, maar het doel is {dutch_number(goal)}."
        yield Hint("planning", what, "Kijk of de planning of het doel anders moet.")


def _on_date(values: Mapping[str, Any], year: int) -> Iterator[Hint]:
    if not values.get("deadline"):
        yield Hint("datum", "Er is geen einddatum.", "Vul in wanneer het klaar moet zijn.")
    text = values.get("text") or ""
    others = sorted({found for found in YEAR.findall(text) if found != str(year)})
    if others and str(year) not in text:
        what = f"In de tekst staat {' en '.join(others)}, maar deze jaarschijf gaat over {year}."
        yield Hint("jaar", what, "Kijk of het jaar in de tekst klopt.")


def _on_owner(values: Mapping[str, Any]) -> Iterator[Hint]:
    lead, text = values.get("lead"), (values.get("text") or "").casefold()
    if lead is None:
        yield Hint("uitvoerder", "Er is nog geen uitvoerder.", "Kies wie de afspraak uitvoert.")
    for party in [party for party, _ in values.get("division") or ()] or [lead]:
        if party and text and not any(name.casefold() in text for name in (party.name, party.short_name)):
            what = f"In de letterlijke tekst staat niet dat {party.name} het doet."
            yield Hint(
                "uitvoerder", what, "Noem de uitvoerder in de tekst, zodat iedereen weet wie het doet."
            )


def _on_dependency(values: Mapping[str, Any]) -> Iterator[Hint]:
    other = values.get("depends_on")
    if other is not None and other.withdrawn_on:
        what = f"Deze afspraak wacht op {other.code}, maar die is ingetrokken."
        yield Hint("volgorde", what, "Kies een andere afspraak, of haal het wachten weg.")


def _on_words(values: Mapping[str, Any], kind: str) -> Iterator[Hint]:
    text = f"{values.get('title') or ''}. {values.get('text') or ''}"
    if words := soft_words(text, kind):
        listed = ", ".join(f"‘{word}’" for word in words)
        advice = "Schrijf liever op wat de partij doet, hoeveel en wanneer."
        yield Hint("woorden", f"Deze woorden zijn zacht: {listed}.", advice)
    for part, whole in SHARE.findall(text):
        if int(part.replace(".", "")) > int(whole.replace(".", "")):
            what = f"In de tekst staat {part} van de {whole}. Dat is meer dan er zijn."
            yield Hint("aandeel", what, "Kijk de getallen in de tekst na.")
