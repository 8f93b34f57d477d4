"""How far each party is in a round."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Min

from agreements.commitments.models import Commitment
from agreements.parties.models import Party
from agreements.progress.models import FINAL, ProgressUpdate, ReportingRound
from agreements.progress.queries.update import IS_ASKED


@dataclass(frozen=True)
class Share:
    """Of one party in one round: how many commitments were asked, and of how many something came."""

    party: Party
    asked: int
    given: int

    @property
    def missing(self) -> int:
        """Of how many nothing came."""
        return self.asked - self.given


def how_far(rounds: Iterable[ReportingRound]) -> dict[int, list[Share]]:
    """{round: [share of each party that was asked something]}, in four queries for all rounds together."""
    rounds = list(rounds)
    years = {round_.year_slice_id for round_ in rounds}
    rows = list(Commitment.objects.filter(IS_ASKED, year_slice__in=years).order_by())
    updates = ProgressUpdate.objects.filter(commitment__year_slice__in=years).order_by()
    said = set(updates.values_list("commitment", "round"))
    over = dict(
        updates.filter(status__in=FINAL).values_list("commitment").annotate(since=Min("round__as_of"))
    )
    parties = list(Party.objects.all())
    found = {}
    for round_ in rounds:
        asked = [
            (row.lead_id, (row.pk, round_.pk) in said)
            for row in rows
            if row.year_slice_id == round_.year_slice_id and _is_asked(row, round_, said, over)
        ]
        numbers, given = Counter(lead for lead, _ in asked), Counter(lead for lead, came in asked if came)
        found[round_.pk] = [
            Share(party, numbers[party.pk], given[party.pk]) for party in parties if numbers[party.pk]
        ]
    return found


def _is_asked(row: Commitment, round_: ReportingRound, said: set, over: dict) -> bool:
    """What came counts; else what was not withdrawn or finished before the round."""
    is_gone = row.withdrawn_on is not None and row.withdrawn_on <= round_.due_on
    is_over = row.status in FINAL and row.pk in over and over[row.pk] < round_.as_of
    return (row.pk, round_.pk) in said or not (is_gone or is_over)
