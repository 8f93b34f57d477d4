"""What the parts of a joint commitment came to, round by round."""

from dataclasses import dataclass
from decimal import Decimal

from agreements.commitments.models import Commitment
from agreements.progress.models import FINAL, Measurement, ProgressUpdate, ReportingRound
from agreements.progress.queries.update import newest_per_round, rounds_of


@dataclass(frozen=True)
class Total:
    """What the parties reported together in a round; `value` is None when one of them misses."""

    round: ReportingRound
    value: Decimal | None


def totals_of(joint: Commitment, parts: list[Commitment]) -> list[Total]:
    """Of every round until today, oldest first; in three queries."""
    related = ("round", "measurement__indicator")
    said: dict[int, list[ProgressUpdate]] = {part.pk: [] for part in parts}
    for update in ProgressUpdate.objects.filter(commitment__in=parts).select_related(*related):
        said[update.commitment_id].append(update)
    reported = [newest_per_round(updates) for updates in said.values()]
    return [
        Total(round_, _sum([_figure_in(round_, updates) for updates in reported], joint))
        for round_ in rounds_of(joint)
    ]


def _figure_in(round_: ReportingRound, updates: list[ProgressUpdate]) -> Measurement | None:
    """The figure of one party in a round. What was over before it still holds: nobody asks about it again."""
    known = [update for update in updates if update.round.as_of <= round_.as_of]
    if not known or (known[-1].round_id != round_.pk and known[-1].status not in FINAL):
        return None
    return known[-1].figure


def _sum(figures: list[Measurement | None], joint: Commitment) -> Decimal | None:
    """Figures that count the same thing, all of them or nothing (rule 6)."""
    values = [f.value for f in figures if f and f.indicator_id == joint.target.indicator_id]
    return sum(values, Decimal(0)) if figures and len(values) == len(figures) else None
