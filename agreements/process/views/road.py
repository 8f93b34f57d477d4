"""The road of a jaarschijf in the browser."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from agreements.access.declare import members_only, public
from agreements.agreement.models import Agreement
from agreements.agreement.queries import current_agreement, year_slices
from agreements.commitments.lineage import chains
from agreements.commitments.queries import visible_to
from agreements.process import operations, permissions, queries
from agreements.process.cycle import CYCLE
from agreements.process.forms import DeadlinesForm, PhaseForm
from agreements.process.phases import FINAL
from agreements.web.dates import today
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, form_page
from agreements.web.parked import typed_before
from agreements.web.request import Request, posted


@public
def calendar(request: Request) -> HttpResponse:
    """GET /jaarkalender/: the cycle that returns each year, and the days of the years on their way."""
    context = {"nav": "year_slices", "cycle": CYCLE, "years": queries.planned_years()}
    return render(request, "process/calendar.html", context)


@public
def lineage(request: Request) -> HttpResponse:
    """GET /van-agenda-naar-afspraak/: what became of every agenda item, and where commitments come from."""
    agreement = current_agreement()
    readable = visible_to(request.user)
    context = {
        "nav": "agenda",
        "roads": queries.item_roads(agreement) if agreement else [],
        "commitments": queries.with_origins(readable),
        "lines": queries.in_columns(chains(request.user)),
        "readable": set(readable.values_list("pk", flat=True)),
    }
    return render(request, "process/lineage.html", context)


@members_only
def prepare_year(request: Request, year: int) -> HttpResponse:
    """GET shows what there is to start with, POST /jaarschijven/<year>/voorbereiden/ makes the year ready."""
    agreement = get_object_or_404(Agreement, first_year__lte=year, last_year__gte=year)
    permissions.prepare_year(agreement.year_slices.filter(year=year).first(), by=request.user)
    if request.method == "POST":
        operations.prepare_year(agreement, year, by=request.user, on=today())
        messages.success(request, f"Jaarschijf {year} staat klaar.")
        return after_post(request, reverse("process:prepare_year", args=[year]))
    found = queries.preparation(agreement, year, by=request.user)
    readable = set(visible_to(request.user).values_list("pk", flat=True))
    context = {"found": found, "readable": readable, "nav": "year_slices"}
    return render(request, "process/prepare_year.html", context)


@members_only
def set_deadlines(request: Request, year: int) -> HttpResponse:
    """GET and POST /jaarschijven/<year>/planning/: before which day each phase should be done."""
    year_slice = get_object_or_404(year_slices(), year=year)
    permissions.set_deadlines(year_slice, by=request.user)
    form = DeadlinesForm(posted(request), initial=typed_before(request), year_slice=year_slice)
    if form.is_valid():
        given = {"by": request.user, "on": today(), "days": form.days()}
        if attempt(form, operations.set_deadlines, year_slice, **given) is not None:
            messages.success(request, f"De planning van {year_slice.year} is bewaard.")
            return after_post(request, reverse("public:year_slice", args=[year]))
    context = {"form": form, "slice": year_slice, "nav": "year_slices"}
    return form_page(request, "process/set_deadlines.html", context)


@members_only
def change_phase(request: Request, year: int, phase: str) -> HttpResponse:
    """GET asks for confirmation, POST /jaarschijven/<year>/fase/<phase>/ takes the step; 409 when overtaken."""
    year_slice = get_object_or_404(year_slices(), year=year)
    if phase not in queries.SLUGS:
        raise Http404
    to = queries.SLUGS[phase]
    sent = posted(request)
    permissions.lead_road(by=request.user)
    if sent is None or sent.get("seen") == year_slice.phase:
        permissions.change_phase(year_slice, to, by=request.user)
    form = PhaseForm(sent, year_slice=year_slice, to=to)
    if form.is_valid():
        given = {"seen": form.cleaned_data["seen"], "why": form.cleaned_data.get("why", "")}
        if attempt(form, operations.change_phase, year_slice, to, by=request.user, on=today(), **given):
            messages.success(request, f"{year_slice} is nu in de fase {phase}.")
            return after_post(request, reverse("public:year_slice", args=[year]))
    step = queries.step_to(year_slice, to, by=request.user)
    context = {"slice": year_slice, "step": step, "form": form, "is_final": to in FINAL}
    context["nav"] = "year_slices"
    return form_page(request, "process/change_phase.html", context)
