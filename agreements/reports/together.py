"""A joint commitment in a report, in words; made from the rows of a frozen snapshot."""

from datetime import date
from decimal import Decimal
from typing import Any

from agreements.commitments.joint import worst_of
from agreements.commitments.models import Status
from agreements.progress.models import FINAL
from agreements.reports import figures
from agreements.web.burnup import BurnUp
from agreements.web.formats import dutch_date

Row = dict[str, Any]


def total_of(row: Row) -> str | None:
    """The sum of the parts; None as long as one party misses in it."""
    together = row["together"]
    known: str | None = None if together["missing"] else together["known"]
    return known


def together_in_words(row: Row, rows: list[Row], rounds: list[Row], year: int) -> Row:
    """The parts with days and amounts written out, what they come to, and the course of the total.

    `rows` are all commitments of the report, `rounds` [{"as_of": ISO date, ...}], oldest first.
    """
    target, together = row["target"], row["together"]
    parts = [
        part | {"standing": _standing(part, target), "day": _day(part["as_of"])} for part in together["parts"]
    ]
    in_rounds = {part["code"]: _in_rounds(_own(rows, part["code"]), rounds) for part in parts}
    by_round = list(zip(*in_rounds.values(), strict=True))
    return {
        "parts": parts,
        "sum": figures.standing(together["known"], target) if together["known"] else "Nog geen cijfers",
        "missing": together["missing"],
        "follows_from": together["follows_from"],
        "are_alike": len({part["status"] for part in parts}) == 1,
        "course": [_status_of(updates) for updates in by_round],
        "chart": _chart(row, rounds, by_round, year),
    }


def _own(rows: list[Row], code: str) -> list[Row]:
    return next((row["updates"] for row in rows if row["code"] == code), [])


def _in_rounds(updates: list[Row], rounds: list[Row]) -> list[Row | None]:
    """The update of each round; what was over before still holds."""
    found: list[Row | None] = []
    for round_ in rounds:
        known = [update for update in updates if update["round_as_of"] <= round_["as_of"]]
        is_now = known and known[-1]["round_as_of"] == round_["as_of"]
        found.append(known[-1] if known and (is_now or known[-1]["status"] in FINAL) else None)
    return found


def _status_of(updates: tuple[Row | None, ...]) -> str:
    """The worst of a round; "" when nobody reported."""
    if not any(updates):
        return ""
    return worst_of(update["status"] if update else Status.NO_DATA for update in updates)


def _chart(row: Row, rounds: list[Row], by_round: list[tuple[Row | None, ...]], year: int) -> BurnUp | None:
    totals = [
        {"as_of": round_["as_of"], "value": str(value), "indicator": "samen"}
        for round_, updates in zip(rounds, by_round, strict=True)
        if (value := _sum(updates)) is not None
    ]
    return figures.chart(row | {"updates": totals}, year)


def _sum(updates: tuple[Row | None, ...]) -> Decimal | None:
    values = [Decimal(update["value"]) for update in updates if update and update["value"] is not None]
    return sum(values, Decimal(0)) if updates and len(values) == len(updates) else None


def _standing(part: Row, target: Row) -> str:
    return figures.standing(part["value"], target | {"value": part["target"]})


def _day(iso: str | None) -> str:
    return dutch_date(date.fromisoformat(iso)) if iso else ""
