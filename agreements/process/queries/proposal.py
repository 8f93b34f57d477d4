"""Reading proposals."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from agreements.agreement.models import YearSlice
from agreements.agreement.queries import readable_slices, year_slices
from agreements.commitments.models import Commitment
from agreements.parties.models import Party
from agreements.parties.queries import standing_of
from agreements.process.models import Proposal
from agreements.process.permissions import proposers
from agreements.process.queries.road import deadlines_of


@dataclass(frozen=True)
class Tally:
    """How many there are, and how many still wait for an answer."""

    total: int
    open: int


@dataclass(frozen=True)
class PartyProposals:
    """The proposals of one party; `counts` is {state: number} of all it made, `shown` what the filter leaves."""

    party: Party
    counts: dict[Proposal.State, int]
    shown: list[Proposal]


@dataclass(frozen=True)
class BidRequest:
    """A party is asked for its bid or its wishes for a year, before a day when one is set."""

    year_slice: YearSlice
    party: Party
    due_on: date | None


def readable_years(user: Any) -> models.QuerySet[YearSlice]:
    """The years of which this person may read proposals and comments: the same as of the texts."""
    phases = (*YearSlice.PUBLIC_PHASES, *(YearSlice.DRAFT_PHASES if standing_of(user).parties else ()))
    return year_slices().filter(phase__in=phases)


def proposals(user: Any) -> models.QuerySet[Proposal]:
    """The proposals this person may read; one that was withdrawn is for the own party only."""
    stands = ~Q(state=Proposal.State.WITHDRAWN) | Q(party__in=standing_of(user).parties)
    related = ("year_slice__agreement", "party__represents", "theme", "indicator", "commitment__year_slice")
    return Proposal.objects.filter(readable_slices(user), stands).select_related(*related)


def proposals_by_party(rows: Iterable[Proposal], shown: Iterable[Proposal]) -> list[PartyProposals]:
    """`rows` grouped by party in the order of the parties, with of each group those in `shown`."""
    by_party: dict[Party, list[Proposal]] = {}
    for row in sorted(rows, key=lambda row: (row.party.order, row.party.name, row.number)):
        by_party.setdefault(row.party, []).append(row)
    kept = set(shown)
    return [
        PartyProposals(party, counts_by_state(own), [row for row in own if row in kept])
        for party, own in by_party.items()
    ]


def counts_by_state(rows: Iterable[Proposal]) -> dict[Proposal.State, int]:
    """{state: number}, only those that occur, in their fixed order."""
    found = Counter(row.state for row in rows)
    return {state: found[state] for state in Proposal.State if found[state]}


def proposal_tally(year_slice: YearSlice, user: Any) -> Tally:
    """How many proposals of this year somebody may read. Those that were withdrawn do not count."""
    found = proposals(user).filter(year_slice=year_slice).exclude(state=Proposal.State.WITHDRAWN)
    return Tally(**found.aggregate(total=models.Count("pk"), open=_count_open()))


def proposals_behind(commitment: Commitment, user: Any) -> models.QuerySet[Proposal]:
    """The proposals that became this commitment."""
    return proposals(user).filter(commitment=commitment)


def requests_to(user: Any) -> list[BidRequest]:
    """For which years and parties this person is still asked for a bid or wishes."""
    found = []
    for year_slice in year_slices().filter(phase=YearSlice.Phase.BID).prefetch_related("deadlines"):
        made = year_slice.proposals.exclude(state=Proposal.State.WITHDRAWN)
        parties = proposers(year_slice, by=user)
        done = set(made.values_list("party", flat=True)) if parties else set()
        deadline = deadlines_of(year_slice).get(YearSlice.Phase.BID)
        due_on = deadline.due_on if deadline else None
        found += [BidRequest(year_slice, party, due_on) for party in parties if party.pk not in done]
    return found


def _count_open() -> models.Count:
    return models.Count("pk", filter=Q(state=Proposal.State.OPEN))
