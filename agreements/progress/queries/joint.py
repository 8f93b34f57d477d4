"""What the parts of a joint commitment come to, round by round. A sum that misses a party is no total (ADR 8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from agreements.commitments.joint import worst_of
from agreements.commitments.models import Commitment
from agreements.progress.models import FINAL, Measurement, ProgressUpdate, ReportingRound
from agreements.progress.queries.update import newest_per_round, rounds_of


@dataclass(frozen=True)
class Total:
    """What the parties reported together in a round: `known` is the sum of the figures there are, `missing` the parts
    without one. `is_begun` says whether anybody reported in it."""

    round: ReportingRound
    known: Decimal
    missing: Sequence[Commitment]
    is_begun: bool

    @property
    def is_complete(self) -> bool:
        """Whether every party is in it."""
        return not self.missing


@dataclass(frozen=True)
class Together:
    """The parts as they stand now, and their totals, oldest round first."""

    parts: Sequence[Commitment]
    totals: Sequence[Total]

    @property
    def status(self) -> str:
        """The status of the part that stands worst."""
        return worst_of(part.status for part in self.parts)

    @property
    def follows_from(self) -> list[Commitment]:
        """The parts that stand worst: they decide the status."""
        return [part for part in self.parts if part.status == self.status]

    @property
    def complete(self) -> Total | None:
        """The newest total in which nobody misses."""
        return next((total for total in reversed(self.totals) if total.is_complete), None)

    @property
    def incomplete(self) -> Total | None:
        """What came since in a round in which a party still misses."""
        begun = [total for total in self.totals if total.is_begun]
        return begun[-1] if begun and not begun[-1].is_complete else None

    @property
    def reported_on(self) -> date | None:
        """The last day on which one of them reported."""
        return max((part.reported_on for part in self.parts if part.reported_on), default=None)


def together(joint: Commitment) -> Together:
    """The parts of a joint commitment with their totals of every round until today; in three queries."""
    parts = joint.living_parts()
    said: dict[int, list[ProgressUpdate]] = {part.pk: [] for part in parts}
    updates = ProgressUpdate.objects.filter(commitment__in=parts)
    for update in updates.select_related("round", "measurement__indicator"):
        said[update.commitment_id].append(update)
    counted = {pk: newest_per_round(updates) for pk, updates in said.items()}
    rounds = rounds_of(joint) if parts else []
    return Together(parts, [_total(round_, joint, parts, counted) for round_ in rounds])


def _total(
    round_: ReportingRound,
    joint: Commitment,
    parts: list[Commitment],
    counted: dict[int, list[ProgressUpdate]],
) -> Total:
    figures = {part.pk: _figure_in(round_, counted[part.pk], joint) for part in parts}
    return Total(
        round=round_,
        known=sum((figure.value for figure in figures.values() if figure), Decimal(0)),
        missing=[part for part in parts if figures[part.pk] is None],
        is_begun=any(update.round_id == round_.pk for updates in counted.values() for update in updates),
    )


def _figure_in(
    round_: ReportingRound, updates: list[ProgressUpdate], joint: Commitment
) -> Measurement | None:
    """The figure of one party in a round. What was over before it still holds: nobody asks about it again.

    A figure by another definition cannot be added (rule 6).
    """
    known = [update for update in updates if update.round.as_of <= round_.as_of]
    if not known or (known[-1].round_id != round_.pk and known[-1].status not in FINAL):
        return None
    figure = known[-1].figure
    return figure if figure and figure.indicator_id == joint.target.indicator_id else None
