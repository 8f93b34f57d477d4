"""What the parts of a joint commitment come to together. Nothing is averaged: the worst part says how it stands (ADR 8)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from agreements.commitments.models import Commitment, Status

WORST_FIRST = (
    Status.MISSED,
    Status.BEHIND,
    Status.AT_RISK,
    Status.NO_DATA,
    Status.NOT_STARTED,
    Status.ON_TRACK,
    Status.ACHIEVED,
)


@dataclass(frozen=True)
class Together:
    """The parts as they stand now. `known` adds up the figures there are, None when there is none.

    `missing` are the parts without a figure for now: nothing was reported, or not in the last closed round.
    """

    parts: Sequence[Commitment]
    known: Decimal | None
    missing: Sequence[Commitment]

    @property
    def total(self) -> Decimal | None:
        """The figure of all parties together; None as long as one of them misses."""
        return None if self.missing else self.known

    @property
    def status(self) -> str:
        """The status of the part that stands worst."""
        return worst_of(part.status for part in self.parts)

    @property
    def follows_from(self) -> list[Commitment]:
        """The parts that stand worst: they decide the status."""
        return [part for part in self.parts if part.status == self.status]

    @property
    def as_of(self) -> date | None:
        """The oldest peildatum of the figures in the total; None without a total."""
        return None if self.total is None else min(part.as_of for part in self.parts if part.as_of)

    @property
    def reported_on(self) -> date | None:
        """The last day on which one of them reported."""
        return max((part.reported_on for part in self.parts if part.reported_on), default=None)

    @property
    def has_one_day(self) -> bool:
        """Whether all figures are of the same day."""
        return len({part.as_of for part in self.parts}) == 1


def together(parts: Iterable[Commitment]) -> Together:
    """What these parts, none of them withdrawn, come to."""
    parts = list(parts)
    missing = [part for part in parts if part.value is None or part.status == Status.NO_DATA]
    known = [part.value for part in parts if part not in missing and part.value is not None]
    return Together(parts, sum(known, Decimal(0)) if known else None, missing)


def worst_of(statuses: Iterable[str]) -> str:
    """The worst of these statuses; "no_data" of none at all. What was withdrawn has no say."""
    found = set(statuses)
    return next((status for status in WORST_FIRST if status in found), Status.NO_DATA)
