"""The years of the agreement."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from agreements.access.declare import public
from agreements.access.refusals import allows
from agreements.agenda import permissions as agenda_rules
from agreements.agreement import queries as agreement_queries
from agreements.agreement.models import YearSlice
from agreements.commitments import permissions as commitment_rules
from agreements.commitments.queries import visible_to
from agreements.process import permissions as process_rules
from agreements.process import queries as process_queries
from agreements.process.queries import next_steps, steps_of, year_to_prepare
from agreements.public import queries
from agreements.signing.queries import signing_of
from agreements.web.request import Request


def _heard_in_year(found: YearSlice, user: Any) -> dict[str, Any]:
    """How many proposals and comments there are for a year, and whether this person may add a proposal."""
    return {
        "proposals": process_queries.proposal_tally(found, user),
        "comments": process_queries.comment_tally(found, user),
        "may_propose": allows(process_rules.make_proposal, found, by=user),
    }


@public
def year_slices(request: Request) -> HttpResponse:
    """GET /jaarschijven/: the years of the agreement."""
    context = {
        "nav": "year_slices",
        "route": queries.route(request.user),
        "to_prepare": year_to_prepare(by=request.user),
    }
    return render(request, "public/year_slices.html", context)


@public
def year_slice(request: Request, year: int) -> HttpResponse:
    """GET /jaarschijven/<year>/: the phase of a year, its agenda and, when readable, its commitments."""
    found = agreement_queries.year_slices().filter(year=year).first()
    if found is None:
        raise Http404
    agenda = queries.agenda_of(year)
    readable = visible_to(request.user)
    context = {
        "nav": "year_slices",
        "slice": found,
        "phases": queries.phases(found),
        "next_steps": next_steps(found, by=request.user),
        "steps": steps_of(found),
        "may_plan": allows(process_rules.set_deadlines, found, by=request.user),
        "agenda": agenda,
        "concrete": sum(1 for _, fate in agenda if fate and fate.kind == "concretised"),
        "undecided": sum(1 for _, fate in agenda if fate is None),
        "commitments": readable.filter(year_slice=found).order_by("code"),
        "readable": set(readable.values_list("pk", flat=True)),
        "may_decide": found.is_draft and allows(agenda_rules.add_agenda_item, by=request.user),
        "may_edit": allows(commitment_rules.draft_commitment, found, by=request.user),
        **signing_of(found, seen_by=request.user),
    }
    return render(request, "public/year_slice.html", {**context, **_heard_in_year(found, request.user)})
