"""What everyone can read."""

from collections import Counter
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
from agreements.commitments.lineage import chain_of
from agreements.commitments.models import Commitment, Status
from agreements.commitments.queries import amendments, counts_by_status, readable_timeline, visible_to
from agreements.commitments.smart import advice_on
from agreements.commitments.versions import originals, with_differences
from agreements.parties.models import Party
from agreements.parties.queries import standing_of
from agreements.process import permissions as process_rules
from agreements.process import queries as process_queries
from agreements.process.queries import next_steps, road, steps_of, year_to_prepare
from agreements.progress import permissions as progress_rules
from agreements.progress.models import ProgressUpdate
from agreements.progress.queries import (
    course_of,
    late_now,
    newest_per_round,
    note_dissents,
    open_round,
    progress_of,
    readings_of,
    rounds_of,
    to_answer,
    updates_of,
)
from agreements.public import queries
from agreements.public.charts import moments
from agreements.public.forms import SORTS, ListFilter, chosen_year
from agreements.public.parties import dues_of, party_rows
from agreements.reports.queries import published
from agreements.signing.queries import signing_of
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
    page = Paginator(chosen.narrow(of_year, user=request.user), PAGE_SIZE).get_page(request.GET.get("pagina"))
    note_dissents(list(page), request.user)
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
        .select_related("depends_on")
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
        "chain": chain_of(found, request.user),
        "hints": advice_on(found),
        "timeline": readable_timeline(found, request.user),
        "reads_drafts": bool(standing_of(request.user).parties),
        "may_submit": allows(progress_rules.save_draft, found, by=request.user),
        "may_edit": allows(commitment_rules.edit_commitment, found, by=request.user),
    }
    context |= {**_amendments(found, request.user), **_heard_on_text(found, request.user)}
    context |= progress_of(found, updates, by=request.user) | _readings(found, updates, request.user)
    return render(request, "public/commitment.html", context)


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


def _heard_in_year(found: YearSlice, user: Any) -> dict[str, Any]:
    """How many proposals and comments there are for a year, and whether this person may add a proposal."""
    return {
        "proposals": process_queries.proposal_tally(found, user),
        "comments": process_queries.comment_tally(found, user),
        "may_propose": allows(process_rules.make_proposal, found, by=user),
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


@public
def parties(request: Request) -> HttpResponse:
    """GET /partijen/: who takes part, and with how much."""
    agreement, year = current_agreement(), today().year
    found = party_rows(agreement, visible_to(request.user).filter(year_slice__year=year)) if agreement else []
    context = {"nav": "overview", "agreement": agreement, "year": year, "parties": found}
    return render(request, "public/parties.html", context)


@public
def party(request: Request, key: str) -> HttpResponse:
    """GET /partijen/<key>/?jaar=2018: what one party owes and is owed, and how it answered the request to sign."""
    found = get_object_or_404(Party.objects.select_related("represents", "source"), key=key)
    context = _in_year(request)
    agreement = current_agreement()
    context |= {
        "nav": "overview",
        "party": found,
        "answer": signatories(agreement).filter(party=found).first() if agreement else None,
        "tenants": found.tenant_organisations.all(),
        "dues": dues_of(found, context["year"], context["commitments"]),
    }
    return render(request, "public/party.html", context)


@public
def theme(request: Request, code: str) -> HttpResponse:
    """GET /themas/<code>/?jaar=2018: the commitments and agenda items of one theme."""
    found = get_object_or_404(themes().select_related("source"), agreement=current_agreement(), code=code)
    context = _in_year(request)
    rows = list(context["commitments"].filter(theme=found).order_by("code"))
    context |= {
        "nav": "overview",
        "theme": found,
        "themes": themes().filter(agreement=found.agreement),
        "rows": rows,
        "counts": queries.in_order(Counter(row.status for row in rows)),
        "agenda": [row for row in queries.agenda_of(context["year"]) if row[0].theme_id == found.pk],
    }
    return render(request, "public/theme.html", context)


def _in_year(request: Request) -> dict[str, Any]:
    """The years to choose from, the chosen one, and its commitments as far as this person may read them."""
    slices = list(agreement_queries.year_slices())
    year = chosen_year(request.GET.get("jaar", ""), [s.year for s in slices], default=today().year)
    readable = visible_to(request.user).filter(year_slice__year=year)
    return {
        "slices": slices,
        "slice": next((s for s in slices if s.year == year), None),
        "year": year,
        "commitments": readable,
        "readable": set(visible_to(request.user).order_by().values_list("pk", flat=True)),
    }


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
