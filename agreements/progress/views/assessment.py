"""Judging figures in the browser, as a list and one question per page, and answering a dissent."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agreements.access.declare import members_only
from agreements.parties.models import Party
from agreements.progress import operations, permissions, queries
from agreements.progress.forms import AssessmentForm, DissentAnswerForm
from agreements.progress.models import Assessment, ReportingRound
from agreements.web.dates import today
from agreements.web.formats import counted
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, form_page
from agreements.web.parked import typed_before
from agreements.web.request import Request, posted

PAGE_SIZE = 60  # three fields a row; Django takes 300 fields a form


@members_only
def assess_round(request: Request, code: str) -> HttpResponse:
    """GET and POST /oordelen/<round>/: all figures that one party may judge, in one form."""
    round_ = get_object_or_404(queries.rounds(), code=code)
    permissions.assess_round(round_, by=request.user)
    party = queries.party_to_judge_for(round_, request.user, request.GET.get("voor", ""))
    all_of_them = queries.assessable(party).filter(round=round_).order_by("commitment__code")
    chosen = all_of_them.filter(party__key=_source(request)) if _source(request) else all_of_them
    page = Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("pagina"))
    commitments = [update.commitment_id for update in page]
    form = _form(request, round_, commitments, party)
    if form.is_valid():
        given = {"by": request.user, "on": today(), "party": party, "judgements": form.judgements()}
        kept = attempt(form, operations.assess_round, round_, **given)
        if kept is not None:
            _tell(request, len(kept))
            return after_post(request, request.get_full_path())
        form = _refreshed(request, round_, commitments, party, form)
    context = {
        "round": round_,
        "party": party,
        "form": form,
        "page_obj": page,
        "sources": Party.objects.filter(updates__in=all_of_them.order_by()).distinct(),
        "source": _source(request),
        "own": permissions.assessors(request.user),
        "query": _query(request),
        "nav": "tasks",
    }
    return form_page(request, "progress/assess_round.html", context)


@members_only
def assess_progress(request: Request, code: str, commitment: str) -> HttpResponse:
    """GET and POST /oordelen/<round>/<commitment>/: one figure per page, with the way to the next one."""
    round_ = get_object_or_404(queries.rounds(), code=code)
    permissions.assess_round(round_, by=request.user)
    party = queries.party_to_judge_for(round_, request.user, request.GET.get("voor", ""))
    related = ("commitment__year_slice", "commitment__lead", "round", "party")
    found = queries.current_updates().filter(round=round_).select_related(*related)
    update = get_object_or_404(found, commitment__code=commitment)
    permissions.assess_progress(update, by=request.user, party=party)
    form = _form(request, round_, [update.commitment_id], party, is_single=True)
    steps = queries.steps(party, round_, _source(request))
    if form.is_valid():
        judgement = form.judgements().get(update.commitment_id)
        given = {"by": request.user, "on": today(), "party": party, "judgement": judgement}
        if judgement is None or attempt(form, operations.assess_progress, update, **given) is not None:
            messages.success(request, f"Uw oordeel over {commitment} is bewaard.")
            return after_post(request, _next_address(request, round_, steps.open_after(commitment)))
        form = _refreshed(request, round_, [update.commitment_id], party, form, is_single=True)
    context = {"round": round_, "party": party, "form": form, "row": form.rows[0]}
    context |= {"place": steps.place(commitment), "query": _query(request), "nav": "tasks"}
    return form_page(request, "progress/assess_progress.html", context)


@members_only
def answer_assessment(request: Request, pk: int) -> HttpResponse:
    """GET and POST /oordelen/antwoord/<pk>/: what another party says of our figure, and our answer to it."""
    related = ("update__commitment__year_slice", "update__party", "update__round", "party", "given_by")
    found = queries.assessments(request.user).select_related(
        *related, "update__measurement__indicator", "answer__given_by"
    )
    assessment = get_object_or_404(found, pk=pk)
    permissions.answer_assessment(assessment, by=request.user)
    form = DissentAnswerForm(posted(request), initial=typed_before(request))
    if form.is_valid():
        given = {"by": request.user, "on": today(), "text": form.cleaned_data["text"]}
        if attempt(form, operations.answer_assessment, assessment, **given):
            messages.success(request, "Uw antwoord is bewaard. Het staat naast het oordeel.")
            page = reverse("public:commitment", args=[assessment.update.commitment.code])
            return after_post(request, f"{page}#oordelen")
        assessment = get_object_or_404(found, pk=pk)
    context = {"assessment": assessment, "commitment": assessment.update.commitment, "form": form}
    context |= {"nav": "tasks"}
    return form_page(request, "progress/answer_assessment.html", context)


def _source(request: Request) -> str:
    """The key of the executing party to which the list is narrowed, or ""."""
    return request.GET.get("van", "")[:30].replace("\x00", "")


def _query(request: Request) -> str:
    """What of the address goes along to the next page: for which party, and whose figures."""
    kept = {name: request.GET[name] for name in ("van", "voor") if request.GET.get(name)}
    return f"?{urlencode(kept)}" if kept else ""


def _form(
    request: Request,
    round_: ReportingRound,
    commitments: list[int],
    party: Party,
    *,
    is_single: bool = False,
) -> AssessmentForm:
    """The form as it was sent; with the button "alles akkoord" the same, where nothing was chosen now "akkoord"."""
    found = queries.current_updates().filter(round=round_, commitment__in=commitments)
    figures, sent = queries.figures(found, party), posted(request)
    if sent is not None and "preset" in sent:
        return AssessmentForm(initial=_all_agreed(sent.dict(), figures), figures=figures)
    return AssessmentForm(sent, initial=typed_before(request), figures=figures, is_single=is_single)


def _all_agreed(typed: dict[str, Any], figures: list[queries.Figure]) -> dict[str, Any]:
    for figure in figures:
        verdict, text = f"verdict_{figure.commitment.pk}", f"text_{figure.commitment.pk}"
        if figure.is_open and not typed.get(verdict) and not typed.get(text) and not figure.own:
            typed[verdict] = Assessment.Verdict.AGREED
    return typed


def _refreshed(
    request: Request,
    round_: ReportingRound,
    commitments: list[int],
    party: Party,
    refused: AssessmentForm,
    *,
    is_single: bool = False,
) -> AssessmentForm:
    """After a refusal under the lock: the same answers beside what holds by now, so that the row itself shows it."""
    form = _form(request, round_, commitments, party, is_single=is_single)
    return refused if form.is_valid() else form


def _tell(request: Request, number: int) -> None:
    kept = counted(number, "oordeel is bewaard.", "oordelen zijn bewaard.")
    messages.success(request, kept if number else "Er was niets nieuws. Uw oordelen staan er al zo.")


def _next_address(request: Request, round_: ReportingRound, following: str | None) -> str:
    """The next figure without a judgement; after the last one the list."""
    if following:
        return reverse("progress:assess_progress", args=[round_.code, following]) + _query(request)
    return reverse("progress:assess_round", args=[round_.code]) + _query(request)
