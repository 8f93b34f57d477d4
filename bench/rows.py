"""The rows of the measurements: made up, and the same for whatever system is measured. Knows nothing of Django.

A loader for another system reads the same rows as JSON lines: `python -m bench.rows --size M`.
"""

import argparse
import hashlib
import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]
TODAY = date(2017, 11, 15)  # the day on which the demo lives; the open round is open on it
YEAR_BEGINS = date(2017, 1, 1)
REPORTED_DAYS = 270  # the closed rounds divide the days from the first of January to 28 September
SEED = 42
PASSWORD = "alleen-om-te-meten"  # of every account in a database that is made to be thrown away

CORPORATIONS = 6
TENANTS = 5
WORDS_OF_TEXT, WORDS_OF_EXPLANATION, WORDS_OF_MEASURE = 60, 30, 10
RARE, RARE_EVERY, RARE_FIRST = "duiventil", 97, 13
COMMON = "isolatie"

THEMES = [
    ("Nieuwbouw", "opgeleverde woningen", "woningen"),
    ("Betaalbaarheid", "toegewezen woningen", "woningen"),
    ("Verduurzaming", "verbeterde woningen", "woningen"),
    ("Wonen en zorg", "geschikte woningen", "woningen"),
    ("Leefbaarheid", "gehouden buurtschouwen", "schouwen"),
    ("Statushouders", "gehuisveste personen", "personen"),
    ("Huurachterstand", "huisbezoeken", "bezoeken"),
    ("Onderhoud", "opgeknapte complexen", "complexen"),
    ("Doorstroming", "verhuisde huishoudens", "huishoudens"),
    ("Participatie", "bijeenkomsten", "bijeenkomsten"),
]
STATUSES = ["on_track", "on_track", "on_track", "at_risk", "behind", "achieved", "not_started"]
NEEDS_MEASURE = ("at_risk", "behind")
WORDS = (
    "aanbod aandacht aannemer aanpak adres afspraak balkon begeleiding beheer bewoners blok bouw buurt complex "
    "corporatie dak deur doel energie etage fase fonds galerij garage gebouw gemeente gevel gezin glas groen groep "
    "grond hal huis huishouden huur huurder inkomen inkoop inspectie installatie isolatie jaar jongeren kamer kans "
    "kelder keuken keuze klacht kosten kozijn kwartaal label ladder leefbaar lift locatie maand markt meter muur "
    "norm nota onderhoud onderzoek ontwerp oplevering ouderen overleg pand park partij plan planning plein portiek "
    "prijs project raad raam regeling renovatie route ruimte schouw sleutel sloop starter stoep straat subsidie "
    "termijn toewijzing tuin uitvoering verhuizing vloer voorraad voortgang vraag wachttijd wijk woning zorg"
)
VOCABULARY = WORDS.split()


@dataclass(frozen=True)
class Size:
    """How many commitments, and how many updates each of them has."""

    commitments: int
    updates: int


SIZES = {"S": Size(50, 2), "M": Size(500, 4), "XL": Size(10_000, 4)}


def rows(size: Size, seed: int = SEED) -> Iterator[Row]:
    """Yield parties, themes, commitments and updates, in that order; amounts are whole numbers, days ISO text.

    A commitment depends on the seed and its own number only, so that a smaller size is the beginning of a larger one.
    """
    yield from parties()
    yield from themes()
    updates = []
    for number in range(size.commitments):
        commitment, reported = _commitment(number, size.updates, random.Random(f"{seed}/{number}"))
        updates += reported
        yield commitment
    yield from updates


def parties() -> list[Row]:
    """One municipality, corporations, and organisations that represent their tenants."""
    found = [{"kind": "party", "key": "gemeente", "name": "Gemeente Voorbeeld", "side": "municipality"}]
    for n in range(1, CORPORATIONS + 1):
        found.append(
            {"kind": "party", "key": f"corporatie-{n}", "name": f"Woonstichting {n}", "side": "corporation"}
        )
    for n in range(1, TENANTS + 1):
        found.append(
            {"kind": "party", "key": f"huurders-{n}", "name": f"Huurdersraad {n}", "side": "tenants"}
        )
    return found


def themes() -> list[Row]:
    """The themes, each with the one thing that is counted in it."""
    return [
        {"kind": "theme", "code": chr(ord("A") + place), "name": name, "indicator": indicator, "unit": unit}
        for place, (name, indicator, unit) in enumerate(THEMES)
    ]


def rounds(updates: int) -> list[date]:
    """The reference days of the closed rounds, oldest first."""
    return [YEAR_BEGINS + timedelta(days=(n + 1) * REPORTED_DAYS // updates) for n in range(updates)]


def email_of(party: str) -> str:
    """The address of the one account of a party, by the party's key."""
    return f"{party}@meting.example"


def _commitment(number: int, updates: int, rng: random.Random) -> tuple[Row, list[Row]]:
    executors = ["gemeente", *(f"corporatie-{n}" for n in range(1, CORPORATIONS + 1))]
    text = _words(rng, WORDS_OF_TEXT)
    if number % RARE_EVERY == RARE_FIRST:
        text[-1] = RARE
    commitment = {
        "kind": "commitment",
        "code": f"X{number:05d}",
        "theme": chr(ord("A") + number % len(THEMES)),
        "lead": executors[number % len(executors)],
        "title": f"{' '.join(_words(rng, 6)).capitalize()}, nummer {number}",
        "text": " ".join(text).capitalize() + ".",
        "deadline": str(TODAY + timedelta(days=rng.randrange(15, 45))),
        "target": rng.randrange(40, 400),
    }
    return commitment, [_update(commitment, place, updates, rng) for place in range(updates)]


def _update(commitment: Row, place: int, updates: int, rng: random.Random) -> Row:
    status = rng.choice(STATUSES)
    return {
        "kind": "update",
        "commitment": commitment["code"],
        "number": place + 1,
        "as_of": str(rounds(updates)[place]),
        "status": status,
        "value": commitment["target"] * (place + 1) // (updates + 1),
        "explanation": " ".join(_words(rng, WORDS_OF_EXPLANATION)).capitalize() + ".",
        "measure": " ".join(_words(rng, WORDS_OF_MEASURE)) if status in NEEDS_MEASURE else "",
    }


def _words(rng: random.Random, number: int) -> list[str]:
    return rng.choices(VOCABULARY, k=number)


def fingerprint(found: Iterable[Row]) -> str:
    """SHA-256 (hex) of the rows as JSON lines: equal for equal work."""
    digest = hashlib.sha256()
    for row in found:
        digest.update(_line(row).encode())
    return digest.hexdigest()


def _line(row: Row) -> str:
    return json.dumps(row, sort_keys=True, ensure_ascii=False) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.rows", description="Print the rows as JSON lines.")
    parser.add_argument("--size", choices=SIZES, default="M")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    for row in rows(SIZES[options.size], options.seed):
        print(_line(row), end="")


if __name__ == "__main__":
    main()
