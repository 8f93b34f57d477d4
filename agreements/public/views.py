"""What everyone can read."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Max
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from agreements.access.declare import public
from agreements.access.refusals import allows
from agreements.agenda import permissions as agenda_rules
from agreements.agenda.queries import origins_of
from agreements.agreement import queries as agreement_queries
from agreements.agreement.models import YearSlice
from agreements.agreement.queries import current_agreement, signatories, themes
from agreements.commitments import permissions as commitment_rules
from agreements.commitments.models import Commitment, Status
from agreements.commitments.queries import amendments, counts_by_status, readable_timeline, visible_to
from agreements.commitments.smart import advice_on
from agreements.commitments.versions import originals, with_differences
from agreements.parties.models import Party
from agreements.parties.queries import standing_of
from agreements.process import permissions as process_rules
from agreements.process.queries import next_steps, road, steps_of, year_to_prepare
from agreements.progress import permissions as progress_rules
from agreements.progress.queries import (
    course_of,
    late_now,
    newest_per_round,
    open_round,
    progress_of,
    rounds_of,
    updates_of,
)
from agreements.public import queries
from agreements.public.charts import moments
from agreements.public.forms import SORTS, ListFilter
from agreements.reports.queries import published
from agreements.web.dates import today
from agreements.web.htmx import page_or_part
from agreements.web.request import Request

PAGE_SIZE = 25


@public
def overview(request: Request) -> HttpResponse:
    """GET /: how the commitments of this year stand, and who takes part."""
    agreement = current_agreement()
    if agreement is None:
        return render(request, "public/empty.html", {"nav": "overview"})
    year = today().year
    commitments = visible_to(request.user).filter(year_slice__year=year)
    counts = counts_by_status(commitments)
    answers = list(signatories(agreement))
    context = {
        "nav": "overview",
        "agreement": agreement,
        "year": year,
        "counts": counts,
        "total": sum(counts.values()),
        "good": counts[Status.ACHIEVED] + counts[Status.ON_TRACK],
        "round": open_round(year, today()) or queries.last_closed_round(year),
        "reported_on": commitments.aggregate(newest=Max("reported_on"))["newest"],
        "key_figures": queries.key_figures(commitments),
        "themes": queries.theme_standings(commitments),
        "route": queries.route(request.user),
        "steps": road(agreement),
        "parties": queries.parties_by_kind(answers),
        "declined": [answer for answer in answers if answer.outcome == answer.Outcome.DECLINED],
        "latest_report": published().first(),
    }
    return render(request, "public/overview.html", context)


@public
def commitments(request: Request) -> HttpResponse:
    """GET /afspraken/: the list, with filters, search and sorting; only the results for htmx."""
    readable = visible_to(request.user)
    years = [year_slice.year for year_slice in agreement_queries.year_slices()]
    chosen = ListFilter(request.GET, years=years, default_year=today().year)
    of_year = chosen.of_year(readable)
    page = Paginator(chosen.narrow(of_year), PAGE_SIZE).get_page(request.GET.get("pagina"))
    counts = counts_by_status(of_year.filter(year_slice__phase__in=YearSlice.ADOPTED_PHASES))
    context = {
        "nav": "commitments",
        "chosen": chosen,
        "chips": chosen.chips(request.GET),
        "late": late_now(of_year),
        "page_obj": page,
        "total": of_year.count(),
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
        .select_related("depends_on", "copied_from__year_slice")
        .prefetch_related("contributions__party", "target__plan"),
        code=code,
    )
    updates = list(updates_of(found, seen_by=request.user))
    target = found.measure
    context = {
        "nav": "commitments",
        "commitment": found,
        "target": target,
        "updates": updates,
        "latest": newest_per_round(updates)[-1] if updates else None,
        "has_evidence": any(update.evidence.all() or update.links.all() for update in updates),
        "planned": target and found.as_of and target.planned_on(found.as_of),
        "moments": moments(found, newest_per_round(updates), rounds_of(found)),
        "course": course_of(found, updates),
        "round": open_round(found.year_slice.year, today()),
        "is_late": late_now(visible_to(request.user).filter(pk=found.pk)),
        "tenants": Party.objects.filter(represents=found.lead),
        "origins": origins_of(found),
        "dependents": found.dependents.filter(withdrawn_on__isnull=True),
        "copies": visible_to(request.user).filter(copied_from=found),
        "hints": advice_on(found),
        "timeline": readable_timeline(found, request.user),
        "reads_drafts": bool(standing_of(request.user).parties),
        "may_submit": allows(progress_rules.save_draft, found, by=request.user),
        "may_edit": allows(commitment_rules.edit_commitment, found, by=request.user),
    }
    context |= progress_of(found, updates, by=request.user)
    return render(request, "public/commitment.html", {**context, **_amendments(found, request.user)})


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
    }
    return render(request, "public/year_slice.html", context)


@public
def explanation(request: Request) -> HttpResponse:
    """GET /uitleg/: what the words and the statuses mean."""
    return render(request, "public/explanation.html", {"nav": "explanation", "statuses": list(Status)})


@public
def accessibility(request: Request) -> HttpResponse:
    """GET /toegankelijkheid/: what was checked and what was not."""
    return render(request, "public/accessibility.html")


@public
def privacy(request: Request) -> HttpResponse:
    """GET /privacy/: which personal data the portal keeps."""
    return render(request, "public/privacy.html")
