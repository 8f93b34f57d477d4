"""What the parts of a joint commitment come to, as plain JSON: nothing averaged, nobody left out unseen (ADR 8)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from agreements.commitments.joint import worst_of
from agreements.commitments.models import Commitment, Status
from agreements.progress.models import Measurement, ProgressUpdate

Row = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """A part as the report sees it: the updates that count, oldest first, and the status."""

    commitment: Commitment
    updates: list[ProgressUpdate]
    status: str

    @property
    def figure(self) -> Measurement | None:
        """The figure for the round of the report; None when nothing was reported in it."""
        return self.updates[-1].figure if self.updates and self.status != Status.NO_DATA else None


def together_row(parts: list[Part]) -> Row:
    """The parts side by side, what is known of the total, who misses in it, and who stands worst."""
    known = [part.figure.value for part in parts if part.figure]
    status = worst_of(part.status for part in parts)
    return {
        "status": status,
        "follows_from": [part.commitment.lead.name for part in parts if part.status == status],
        "known": _amount(sum(known, Decimal(0))) if known else None,
        "missing": [part.commitment.lead.name for part in parts if part.figure is None],
        "parts": [_part(part) for part in parts],
    }


def _part(part: Part) -> Row:
    row, figure = part.commitment, part.figure
    return {
        "code": row.code,
        "party": row.lead.name,
        "target": _amount(row.target.value),
        "value": figure and _amount(figure.value),
        "as_of": figure and figure.as_of.isoformat(),
        "status": part.status,
        "provenance": row.provenance,
    }


def _amount(value: Decimal) -> str:
    return f"{value.normalize():f}"
