"""What a party owes and is owed: the promise works both ways."""

from typing import Any

Row = dict[str, Any]


def reciprocity(party: str | None, rows: list[Row]) -> dict[str, list[Row]]:
    """{"owes": commitments it carries out, "helps": its parts in those of others, "owed": what others do for it}.

    `rows` are the commitments of the sheet: those of the party, those it helps with, and for tenants those of their landlord.
    """
    if party is None:
        return {"owes": [], "helps": [], "owed": []}
    own = [row for row in rows if row["lead"] == party]
    others = [row for row in rows if row["lead"] != party]
    helps = [_part(row, part) for row in others for part in row["contributions"] if part["party"] == party]
    parts = [_part(row, part) for row in own for part in row["contributions"]]
    helped = {part["code"] for part in helps}
    # Tenants are owed what their landlord promised, also where they have no part in it.
    whole = [
        _part(row, {"party": row["lead"], "what": row["title"]})
        for row in others
        if row["code"] not in helped and not row.get("together")
    ]
    carried_out = [row for row in own if not row.get("together")]  # of a joint one a party owes its part
    return {"owes": carried_out, "helps": helps, "owed": [*parts, *whole]}


def _part(row: Row, part: Row) -> Row:
    about = {name: row[name] for name in ("code", "title", "status", "provenance")}
    return about | {"who": part["party"], "what": part["what"]}
