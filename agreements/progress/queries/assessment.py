"""Reading who may judge what, and who still has to."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from agreements.commitments.models import Commitment
from agreements.commitments.queries import concerning, visible_to
from agreements.parties.models import Party, Role
from agreements.parties.queries import standing_of
from agreements.progress.models import (
    Assessment,
    ProgressUpdate,
    ReportingRound,
    assessable_on,
    last_day_to_assess,
)
from agreements.progress.permissions import assessors
from agreements.web.dates import today


def current_updates() -> models.QuerySet[ProgressUpdate]:
    """Of each commitment and round the update that counts: the last correction. Everything about judging reads this."""
    same = {"commitment": OuterRef("commitment"), "round": OuterRef("round")}
    later = ProgressUpdate.objects.filter(**same, number__gt=OuterRef("number"))
    return ProgressUpdate.objects.filter(~Exists(later))


def assessable(party: Party) -> models.QuerySet[ProgressUpdate]:
    """The figures of others that this party judges, also those of which the window is closed."""
    concerned = concerning([party.pk]).filter(withdrawn_on__isnull=True).order_by()
    return current_updates().filter(commitment__in=concerned.values("pk")).exclude(party=party)


def waiting(party: Party) -> models.QuerySet[ProgressUpdate]:
    """The figures that this party may judge now and did not judge yet."""
    judged = Assessment.objects.filter(update=OuterRef("pk"), party=party)
    return assessable(party).filter(assessable_on(today())).filter(~Exists(judged))


def assessments(user: Any) -> models.QuerySet[Assessment]:
    """The judgements this person may read: in their window only who is concerned, after it everyone (rule 10)."""
    under_way = ProgressUpdate.objects.filter(assessable_on(today())).values("pk")
    readable = ~Q(update__in=under_way)
    if parties := standing_of(user).parties:
        readable |= Q(party__in=parties) | Q(update__party__in=parties)
        readable |= Q(update__commitment__in=concerning(parties).order_by().values("pk"))
    commitments = visible_to(user).order_by().values("pk")
    return Assessment.objects.filter(readable, update__commitment__in=commitments)


def dissents(user: Any) -> models.QuerySet[Assessment]:
    """The dissent that stands, as far as this person may read it."""
    return _standing(assessments(user))


def _standing(found: models.QuerySet[Assessment]) -> models.QuerySet[Assessment]:
    """Of these judgements the dissent that stands.

    Of each party its last judgement, also when the figure was corrected since: a correction does not wipe out a
    dissent. A figure of a later round does: then everybody judges anew. So does withdrawing the commitment.
    """
    found = found.filter(update__commitment__withdrawn_on__isnull=True)
    commitment = OuterRef("update__commitment")
    newer = found.filter(party=OuterRef("party"), update__commitment=commitment, pk__gt=OuterRef("pk"))
    round_after = ProgressUpdate.objects.filter(
        commitment=commitment, round__as_of__gt=OuterRef("update__round__as_of")
    )
    return found.filter(~Exists(newer), ~Exists(round_after), verdict__in=Assessment.DISSENT)


def private_until(commitment: Commitment) -> dict[int, date]:
    """{judgement on this commitment: until when only the parties concerned read it}, as the window is now."""
    found = Assessment.objects.filter(update__commitment=commitment).select_related("update__round")
    return {assessment.pk: last_day_to_assess(assessment.update) for assessment in found}


def note_dissents(commitments: Collection[Commitment], user: Any) -> None:
    """Put on each commitment how many dissents stand (`dissents`), in one query for a whole page of them."""
    found = dissents(user).filter(update__commitment__in=commitments).order_by()
    counts = dict(found.values_list("update__commitment").annotate(n=Count("pk")))
    for commitment in commitments:
        commitment.dissents = counts.get(commitment.pk, 0)  # type: ignore[attr-defined]


def to_answer(user: Any) -> models.QuerySet[Assessment]:
    """The standing dissents on figures of this person's parties that nobody answered yet."""
    reporters = (Role.REPORTER, Role.SIGNATORY, Role.COORDINATOR)
    own = {m.party_id for m in standing_of(user).memberships if m.role in reporters}
    if not own:
        return Assessment.objects.none()
    # All of these are for this person to read: who executes a commitment is concerned.
    found = _standing(Assessment.objects.filter(update__party__in=own)).filter(answer__isnull=True)
    return found.select_related("update__commitment__theme", "party")


def count_to_answer(user: Any) -> int:
    """How many commitments have a dissent to answer."""
    return to_answer(user).order_by().values("update__commitment").distinct().count()


@dataclass(frozen=True)
class WaitingGroup:
    """The figures of one executing party in one round that one party may still judge; `due` is the first last day."""

    party: Party
    round: ReportingRound
    source: Party
    updates: list[ProgressUpdate] = field(default_factory=list)

    @property
    def due(self) -> date:
        """The first day on which the window of one of them closes."""
        return min(map(last_day_to_assess, self.updates))


def waiting_groups(user: Any) -> list[WaitingGroup]:
    """What this person is asked to judge, by round and executing party."""
    groups: dict[tuple[int, int, int], WaitingGroup] = {}
    for party in assessors(user):
        found = waiting(party).select_related("round", "party", "commitment")
        for update in found.order_by("round__as_of", "party__order", "commitment__code"):
            key = (party.pk, update.round_id, update.party_id)
            group = groups.setdefault(key, WaitingGroup(party, update.round, update.party))
            group.updates.append(update)
    return list(groups.values())


def count_waiting_groups(user: Any) -> int:
    """How many groups `waiting_groups` gives, without reading the figures."""
    return sum(
        waiting(party).order_by().values("round", "party").distinct().count() for party in assessors(user)
    )


def party_to_judge_for(round_: ReportingRound, user: Any, key: str) -> Party:
    """The party that was chosen by its key, else the first with something to judge; whoever has one party has no choice."""
    own = assessors(user)
    chosen = [party for party in own if party.key == key]
    if chosen or len(own) == 1:
        return (chosen or own)[0]
    return next((party for party in own if waiting(party).filter(round=round_).exists()), own[0])


@dataclass(frozen=True)
class Figure:
    """A figure to judge. `own` is the newest judgement of the party on this version, `earlier` its last one on a
    version that was corrected since, `before` what was reported in the round before, `versions` {number: update}."""

    update: ProgressUpdate
    own: Assessment | None
    earlier: Assessment | None
    before: ProgressUpdate | None
    versions: dict[int, ProgressUpdate]

    @property
    def commitment(self) -> Commitment:
        return self.update.commitment

    @property
    def seen(self) -> tuple[int, int]:
        """What a form filled from this has seen: see `Judgement.seen`."""
        return self.update.number, self.own.number if self.own else 0

    @property
    def last_day(self) -> date:
        """The last day on which it can be judged."""
        return last_day_to_assess(self.update)

    @property
    def is_open(self) -> bool:
        """Whether it can be judged today."""
        return today() <= self.last_day

    @property
    def planned(self) -> Any:
        """What the plan says for the peildatum; None without a plan."""
        target = self.commitment.measure
        return (
            target.planned_on(self.update.round.as_of) if target and not target.indicator.is_yes_no else None
        )


def figures(updates: models.QuerySet[ProgressUpdate], party: Party) -> list[Figure]:
    """These figures with what a party needs to judge them, in the order of their codes; four queries."""
    related = (
        "commitment__theme",
        "commitment__year_slice",
        "commitment__target__indicator",
        "party",
        "round",
    )
    found = updates.select_related(*related, "measurement__indicator").prefetch_related(
        "commitment__target__plan"
    )
    rows = list(found.order_by("commitment__code"))
    commitments = [row.commitment_id for row in rows]
    given = Assessment.objects.filter(party=party, update__commitment__in=commitments).order_by("pk")
    judged: dict[int, list[Assessment]] = {}
    for assessment in given.select_related("update", "given_by"):
        judged.setdefault(assessment.update.commitment_id, []).append(assessment)
    reported: dict[int, list[ProgressUpdate]] = {}
    all_of_them = ProgressUpdate.objects.filter(commitment__in=commitments).order_by("number")
    for update in all_of_them.select_related("round", "measurement__indicator"):
        reported.setdefault(update.commitment_id, []).append(update)
    return [
        _figure(row, judged.get(row.commitment_id, []), reported.get(row.commitment_id, [])) for row in rows
    ]


def _figure(update: ProgressUpdate, judged: list[Assessment], reported: list[ProgressUpdate]) -> Figure:
    in_round = [given for given in judged if given.update.round_id == update.round_id]
    own = [given for given in in_round if given.update_id == update.pk]
    earlier = [given for given in in_round if given.update_id != update.pk]
    before = [other for other in reported if other.round.as_of < update.round.as_of]
    return Figure(
        update,
        own[-1] if own else None,
        earlier[-1] if earlier else None,
        max(before, key=lambda other: (other.round.as_of, other.number)) if before else None,
        {other.number: other for other in reported if other.round_id == update.round_id},
    )


@dataclass(frozen=True)
class Steps:
    """The figures that a party may judge now, by code in their order, and which of them it judged: one page each."""

    codes: list[str]
    judged: set[str]

    def place(self, code: str) -> dict[str, Any]:
        """{"number", "total", "previous", "next"} of this figure; {} when its window is closed."""
        if code not in self.codes:
            return {}
        place, total = self.codes.index(code), len(self.codes)
        return {
            "number": place + 1,
            "total": total,
            "previous": self.codes[place - 1] if place else "",
            "next": self.codes[place + 1] if place + 1 < total else "",
        }

    def open_after(self, code: str) -> str | None:
        """The next one without a judgement, going round; None when there is none left."""
        start = self.codes.index(code) + 1 if code in self.codes else 0
        rest = [*self.codes[start:], *self.codes[:start]]
        return next((other for other in rest if other != code and other not in self.judged), None)


def steps(party: Party, round_: ReportingRound, source: str) -> Steps:
    """The figures one by one; those of one executing party only when its key is given."""
    found = assessable(party).filter(assessable_on(today()), round=round_)
    found = found.filter(party__key=source) if source else found
    codes = list(found.order_by("commitment__code").values_list("commitment__code", flat=True))
    open_ones = set(waiting(party).filter(round=round_).values_list("commitment__code", flat=True))
    return Steps(codes, set(codes) - open_ones)
