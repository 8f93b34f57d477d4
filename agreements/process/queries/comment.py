"""Reading comments, and what waits for an answer."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count, Q

from agreements.agreement.models import YearSlice
from agreements.commitments.queries import visible_to
from agreements.process.models import Comment, Proposal
from agreements.process.queries.proposal import Tally
from agreements.process.queries.road import deadlines_of

ANSWERING_PHASES = (*YearSlice.DRAFT_PHASES, YearSlice.Phase.CONSULTATION)


@dataclass(frozen=True)
class Waiting:
    """What the coordinators of a year still have to answer, before a day when one is set."""

    year_slice: YearSlice
    proposals: int
    comments: int
    due_on: date | None


def comments(user: Any) -> models.QuerySet[Comment]:
    """The comments on the texts that this person may read."""
    readable = visible_to(user).order_by().values("pk")
    found = Comment.objects.filter(commitment__in=readable)
    return found.select_related("commitment__year_slice", "party")


def comment_tally(year_slice: YearSlice, user: Any) -> Tally:
    """How many comments there are on the texts of this year."""
    found = comments(user).filter(commitment__year_slice=year_slice).order_by()
    open_ones = Count("pk", filter=Q(state=Comment.State.OPEN))
    return Tally(**found.aggregate(total=Count("pk"), open=open_ones))


def waiting_for_answer() -> list[Waiting]:
    """The years with proposals or comments without an answer."""
    # Subqueries: two joins in one query would multiply the rows.
    proposals = _number(Proposal.objects.filter(state=Proposal.State.OPEN), "year_slice")
    open_ones = _number(Comment.objects.filter(state=Comment.State.OPEN), "commitment__year_slice")
    slices = YearSlice.objects.filter(phase__in=ANSWERING_PHASES).prefetch_related("deadlines")
    found = []
    for year_slice in slices.annotate(open_proposals=proposals, open_comments=open_ones):
        deadline = deadlines_of(year_slice).get(year_slice.phase)
        due_on = deadline.due_on if deadline else None
        numbers = year_slice.open_proposals or 0, year_slice.open_comments or 0
        if any(numbers):
            found.append(Waiting(year_slice, *numbers, due_on))
    return found


def _number(rows: models.QuerySet[Any], year_slice: str) -> models.Subquery:
    """The number of these rows for each jaarschijf; None when there are none."""
    of_year = rows.filter(**{year_slice: models.OuterRef("pk")}).order_by().values(year_slice)
    return models.Subquery(of_year.annotate(n=Count("pk")).values("n"))
