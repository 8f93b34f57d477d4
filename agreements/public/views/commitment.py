"""The list of commitments and the page of one."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from agreements.access.declare import public
from agreements.access.refusals import allows
from agreements.agenda.queries import origins_of
from agreements.agreement import queries as agreement_queries
from agreements.agreement.models import YearSlice
from agreements.agreement.queries import themes
from agreements.commitments import permissions as commitment_rules
from agreements.commitments.lineage import chain_of
from agreements.commitments.models import Commitment
from agreements.commitments.queries import amendments, counts_by_status, readable_timeline, visible_to
from agreements.commitments.smart import advice_on
from agreements.commitments.versions import originals, with_differences
from agreements.parties.models import Party
from agreements.parties.queries import standing_of
from agreements.process import permissions as process_rules
from agreements.process import queries as process_queries
from agreements.progress import permissions as progress_rules
from agreements.progress.models import ProgressUpdate
from agreements.progress.queries import (
    course_of,
    late_now,
    newest_per_round,
    note_dissents,
    open_round,
    private_until,
    progress_of,
    readings_of,
    rounds_of,
    to_answer,
    together,
    updates_of,
)
from agreements.public.charts import definitions, joint_moments, moments
from agreements.public.forms import SORTS, ListFilter
from agreements.web.dates import today
from agreements.web.htmx import page_or_part
from agreements.web.request import Request

PAGE_SIZE = 25


@public
def commitments(request: Request) -> HttpResponse:
    """GET /afspraken/: the list, with filters, search and sorting; only the results for htmx."""
    readable = visible_to(request.user)
    years = [year_slice.year for year_slice in agreement_queries.year_slices()]
    chosen = ListFilter(request.GET, years=years, default_year=today().year)
    of_year = chosen.of_year(readable)
    found = chosen.narrow(of_year, user=request.user)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("pagina"))
    wholes = found.whole().count()
    note_dissents(list(page), request.user)
    counts = counts_by_status(of_year.filter(year_slice__phase__in=YearSlice.ADOPTED_PHASES))
    context = {
        "nav": "commitments",
        "chosen": chosen,
        "chips": chosen.chips(request.GET),
        "late": late_now(of_year),
        "page_obj": page,
        "total": of_year.whole().count(),
        "wholes": wholes,
        "parts": page.paginator.count - wholes,
        "counts": counts,
        "all_themes": themes(),
        "leads": Party.objects.filter(pk__in=readable.order_by().values("lead")),
        "years": years,
        "sorts": [(key, label) for key, (label, _) in SORTS.items()],
    }
    return page_or_part(request, "public/commitments.html", context, part="resultaten")


@public
def commitment(request: Request, code: str) -> HttpResponse:
    """GET /afspraken/<code>/: all there is to know about one commitment."""
    found = get_object_or_404(
        visible_to(request.user)
        .select_related("depends_on", "part_of__target__indicator")
        .prefetch_related("contributions__party", "target__plan"),
        code=code,
    )
    context = {
        "nav": "commitments",
        "commitment": found,
        "hints": advice_on(found),
        "timeline": readable_timeline(found, request.user, private_until=private_until(found)),
        "reads_drafts": bool(standing_of(request.user).parties),
        "may_edit": allows(commitment_rules.edit_commitment, found, by=request.user),
        **_related(found, request.user),
        **_amendments(found, request.user),
        **_heard_on_text(found, request.user),
        **_reported(found, request.user),
    }
    return render(request, "public/commitment.html", context)


def _related(found: Commitment, user: Any) -> dict[str, Any]:
    """What it comes from, what waits for it, and for whom it is."""
    return {
        "tenants": Party.objects.filter(represents=found.lead),
        "origins": origins_of(found),
        "dependents": found.dependents.filter(withdrawn_on__isnull=True),
        "chain": chain_of(found, user),
    }


def _reported(found: Commitment, user: Any) -> dict[str, Any]:
    """Its progress: every update this person may read, the newest figure against the plan, and what others say of it."""
    updates = list(updates_of(found, seen_by=user))
    counted, target = newest_per_round(updates), found.measure
    return {
        "target": target,
        "updates": updates,
        "latest": counted[-1] if counted else None,
        "has_evidence": any(update.evidence.all() or update.links.all() for update in updates),
        "planned": target and found.as_of and target.planned_on(found.as_of),
        "course": course_of(found, updates),
        "round": open_round(found.year_slice.year, today()),
        "late": late_now(visible_to(user).filter(Q(pk=found.pk) | Q(part_of=found))),
        "may_submit": allows(progress_rules.save_draft, found, by=user),
        **_chart(found, updates, user),
        **progress_of(found, updates, by=user),
        **_readings(found, updates, user),
    }


def _chart(found: Commitment, updates: list[ProgressUpdate], user: Any) -> dict[str, Any]:
    """The course of the figure; of a joint commitment that of its parts together, with where they stand now."""
    if not found.is_joint:
        counted = newest_per_round(updates)
        return {"moments": moments(found, counted, rounds_of(found)), "definitions": definitions(counted)}
    parts = together(found)
    note_dissents(parts.parts, user)
    return {"together": parts, "moments": joint_moments(found, parts.totals)}


def _amendments(found: Commitment, user: Any) -> dict[str, Any]:
    """What the page of a commitment shows of its amendments, and what this person may do with them."""
    rows = list(amendments(user).filter(commitment=found))
    open_one = next((row for row in rows if row.is_open), None)
    may_answer = open_one and allows(commitment_rules.answer_amendment, open_one, by=user)
    may_take_back = open_one and allows(commitment_rules.withdraw_amendment, open_one, by=user)
    return {
        "amendments": with_differences(rows),
        "originals": originals(rows),
        "may_propose": not open_one and allows(commitment_rules.propose_amendment, found, by=user),
        "may_answer": open_one.pk if open_one and may_answer else None,
        "may_take_back": open_one.pk if open_one and may_take_back else None,
    }


def _heard_on_text(found: Commitment, user: Any) -> dict[str, Any]:
    """From which proposals a commitment comes, and what is said about its text."""
    return {
        "proposals": process_queries.proposals_behind(found, user),
        "comments": process_queries.comments(user).filter(commitment=found),
        "may_comment": allows(process_rules.add_comment, found, by=user),
        "may_answer_comments": allows(process_rules.answer_comments, found.year_slice, by=user),
    }


def _readings(found: Commitment, updates: list[ProgressUpdate], user: Any) -> dict[str, Any]:
    """What each party says of the newest figure, as far as this person may read it, and what is left to say."""
    readings = readings_of(found, updates, user)
    newest = readings[0] if readings else None
    may_assess = newest and newest.is_open and allows(progress_rules.assess_progress, newest.update, by=user)
    own = standing_of(user).parties
    return {
        "readings": readings,
        "is_disputed": bool(newest and newest.is_disputed and not found.withdrawn_on),
        "may_assess": may_assess,
        "has_assessed": bool(newest and any(reading.party.pk in own for reading in newest.spoken)),
        "to_answer": set(to_answer(user).filter(update__commitment=found).values_list("pk", flat=True)),
    }
