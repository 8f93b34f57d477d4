"""Statements of the stock and a floor, made with the real operations."""

from datetime import date
from typing import Any
from uuid import uuid4

from agreements.history.models import Source
from agreements.parties.models import Party
from agreements.stock.models import StockFloor, StockStatement
from agreements.stock.operations import set_floor, submit_statement
from tests.world import SIGNED, TODAY, World

NUMBERS = {"begin": 4190, "built": 12, "bought": 0, "sold": 38, "liberalised": 16, "demolished": 0}


def values(year: int = 2016, **changed: Any) -> dict[str, Any]:
    """A whole statement that adds up; `reported_end` follows from the numbers unless it is given."""
    numbers = {**NUMBERS, **{name: changed.pop(name) for name in NUMBERS if name in changed}}
    came, went = numbers["built"] + numbers["bought"], sum(list(numbers.values())[3:])
    usual = {
        "reported_end": numbers["begin"] + came - went,
        "certainty": "hard" if year < TODAY.year else "expected",
        "as_of": date(year, 12, 31) if year < TODAY.year else date(2017, 9, 30),
        "origin": "Jaarverslag",
        "explanation": "",
        "reason": "",
    }
    return {**numbers, **usual, **changed}


def a_statement(
    world: World, year: int = 2016, *, party: Party | None = None, **changed: Any
) -> StockStatement:
    """What Heideveld, or another corporation of the world, states."""
    party = party or world.heideveld
    by = world.reporter if party == world.heideveld else world.stranger
    return submit_statement(party, by=by, on=TODAY, year=year, key=uuid4(), values=values(year, **changed))


def a_floor(world: World, value: int = 8000, year: int = 2020, **fields: Any) -> StockFloor:
    """At least so many homes, from a source."""
    source = Source.objects.create(code="S8", title="Een krant", publisher="De Krant")
    usual = {"definition": "Alle sociale huurwoningen van de corporaties samen.", "source": source}
    return set_floor(world.agreement, by=None, on=SIGNED, year=year, value=value, **{**usual, **fields})
