"""The parties, and what one of them owes and is owed in a year; in a constant number of queries."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from agreements.agenda.models import AgendaItem, Fate
from agreements.agenda.queries import agenda_items
from agreements.agreement.models import Signatory
from agreements.agreement.queries import signatories
from agreements.commitments.models import Commitment, CommitmentQuerySet, Contribution
from agreements.commitments.reciprocity import contributions_by, contributions_to, owed_by, owed_to
from agreements.parties.models import Party
from agreements.public.queries import counts_per, in_order


@dataclass(frozen=True)
class PartyRow:
    """A party in the list: its answer, and its part in the year. `counts` is {status: number} of what it carries out."""

    answer: Signatory
    counts: dict[str, int]
    leads: int
    contributes: int
    agenda_items: int


@dataclass(frozen=True)
class Dues:
    """The part of one party in a year. `owed` is [(who promised, its commitments)]; `gets` what others contribute.

    Of a joint commitment parties owe their parts; who leads it `coordinates` it.
    """

    leads: list[Commitment]
    counts: dict[str, int]
    coordinates: list[Commitment]
    gives: list[Contribution]
    gets: list[Contribution]
    owed: list[tuple[Party, list[Commitment]]]
    agenda: list[tuple[AgendaItem, Fate | None]]

    @property
    def total_owed(self) -> int:
        """The number of commitments of others."""
        return sum(len(commitments) for _, commitments in self.owed)


def party_rows(agreement: Any, commitments: CommitmentQuerySet) -> list[PartyRow]:
    """Every party to the agreement with its part in these commitments, in the order of the parties."""
    standings = counts_per(commitments.carried_out(), "lead")
    found = commitments.order_by().filter(contributions__isnull=False).values_list("contributions__party")
    contributes = dict(found.annotate(n=Count("pk")).values_list("contributions__party", "n"))
    items = Counter(AgendaItem.objects.filter(agreement=agreement).values_list("lead", flat=True))
    return [
        PartyRow(
            answer,
            standings.get(answer.party_id, {}),
            sum(standings.get(answer.party_id, {}).values()),
            contributes.get(answer.party_id, 0),
            items[answer.party_id],
        )
        for answer in signatories(agreement)
    ]


def dues_of(party: Party, year: int, commitments: CommitmentQuerySet) -> Dues:
    """What the party owes and is owed in these commitments, which are those of one year; and its agenda items."""
    owed = commitments.carried_out()
    own = list(owed_by(party, owed).order_by("code"))
    by_lead: dict[Party, list[Commitment]] = {}
    for commitment in owed_to(party, owed).order_by("lead__order", "lead__name", "code"):
        by_lead.setdefault(commitment.lead, []).append(commitment)
    items = (item for item in agenda_items().filter(lead=party) if item.is_due_in(year))
    return Dues(
        leads=own,
        counts=in_order(Counter(row.status for row in own)),
        coordinates=list(commitments.filter(lead=party, is_joint=True).order_by("code")),
        gives=list(contributions_by(party, commitments)),
        gets=list(contributions_to(party, commitments)),
        owed=list(by_lead.items()),
        agenda=[(item, item.fate_in(year)) for item in items],
    )
