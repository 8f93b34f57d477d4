"""Reading the agenda, and deciding on it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from agreements.access.declare import members_only, public
from agreements.agenda import operations, permissions, queries
from agreements.agenda.forms import FateForm
from agreements.agenda.models import AgendaItem
from agreements.agreement.models import YearSlice
from agreements.agreement.queries import year_slices
from agreements.commitments.queries import visible_to
from agreements.history.queries import timeline
from agreements.web.dates import today
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, form_page
from agreements.web.parked import typed_before
from agreements.web.request import Request, posted


@public
def agenda_items(request: Request) -> HttpResponse:
    """GET /agenda/: the items that are due in each year, with what became of them."""
    readable = set(visible_to(request.user).values_list("pk", flat=True))
    slices = {found.year: found for found in year_slices()}
    years = [(year, slices.get(year), rows) for year, rows in queries.items_by_year()]
    context = {"nav": "agenda", "years": years, "readable": readable}
    return render(request, "agenda/agenda_items.html", context)


@public
def agenda_item(request: Request, code: str) -> HttpResponse:
    """GET /agenda/<code>/: one item and its fates."""
    item = get_object_or_404(queries.agenda_items(), code=code)
    context = {
        "item": item,
        "readable": set(visible_to(request.user).values_list("pk", flat=True)),
        "timeline": timeline(item),
        "may_decide": queries.to_decide(item, by=request.user),
    }
    return render(request, "agenda/agenda_item.html", {"nav": "agenda", **context})


@members_only
def decide_fate(request: Request, code: str, year: int) -> HttpResponse:
    """GET and POST /agenda/<code>/besluit/<year>/: 422 for wrong answers, 409 when a colleague was first."""
    item = get_object_or_404(queries.agenda_items(), code=code)
    year_slice = get_object_or_404(year_slices(), year=year, agreement=item.agreement_id)
    permissions.decide_fate(item, year_slice, by=request.user)
    typed = typed_before(request, "commitments", "new_for")
    form = FateForm(posted(request), initial=typed, **_of(item, year_slice))
    if form.is_valid():
        decision = {"year": year, **form.decision()}
        fate = attempt(form, operations.decide_fate, item, by=request.user, on=today(), **decision)
        if fate:
            messages.success(request, f"Het besluit is bewaard: {fate.outcome}.")
            return after_post(request, reverse("agenda:agenda_item", args=[code]))
    if form.has_conflict:
        item = queries.agenda_items().get(pk=item.pk)
    context = {
        "form": form,
        "fate": item.fate_in(year),
        "nav": "agenda",
        **_of(item, year_slice),
    }
    return form_page(request, "agenda/decide_fate.html", context)


def _of(item: AgendaItem, year_slice: YearSlice) -> dict[str, Any]:
    return {"item": item, "year_slice": year_slice}
