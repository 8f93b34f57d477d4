"""The ledger of social rental homes in the browser."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from agreements.access.declare import members_only, public
from agreements.access.refusals import allows
from agreements.agreement.models import Agreement
from agreements.agreement.queries import current_agreement
from agreements.history.models import Provenance
from agreements.parties.models import Party
from agreements.stock import operations, permissions, queries
from agreements.stock.charts import draw, ends
from agreements.stock.forms import StatementForm
from agreements.web.dates import today
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, form_page
from agreements.web.parked import typed_before
from agreements.web.request import Request, posted


@public
def ledger(request: Request) -> HttpResponse:
    """GET /voorraad/: all corporations year by year, hard and expected apart, against the floor."""
    agreement = current_agreement()
    if agreement is None:
        return render(request, "stock/ledger.html", {"nav": "overview"})
    years = queries.ledger(agreement, queries.corporations(agreement))
    floors = list(queries.floors(agreement))
    context = {
        "nav": "overview",
        "agreement": agreement,
        "years": years,
        "floors": floors,
        "examples": [year for year in years if year.provenance == Provenance.EXAMPLE],
        "comparisons": queries.comparisons(floors, years),
        "other_counts": queries.other_counts(agreement),
        "chart": draw(ends(years, only_complete=True), floors),
        "states_for": queries.states_for(agreement, request.user),
    }
    return render(request, "stock/ledger.html", context)


@public
def corporation(request: Request, key: str) -> HttpResponse:
    """GET /voorraad/<key>/: what one corporation stated, with every version."""
    agreement, party = _found(key)
    years = queries.ledger(agreement, [party])
    context = {
        "nav": "overview",
        "party": party,
        "years": years,
        "chart": draw(ends(years)),
        "may_submit": allows(permissions.submit_statement, party, by=request.user),
        "timeline": queries.history_of(party),
    }
    return render(request, "stock/corporation.html", context)


@members_only
def submit_statement(request: Request, key: str, year: int) -> HttpResponse:
    """GET and POST /voorraad/<key>/opgeven/<year>/: 422 for wrong answers, 409 when a colleague was first."""
    agreement, party = _found(key)
    if year not in queries.years_of(agreement):
        raise Http404
    permissions.submit_statement(party, by=request.user)
    known = queries.known(party, year)
    form = StatementForm(posted(request), initial=typed_before(request), party=party, known=known)
    if form.is_valid() and not form.is_check:
        given = {"year": year, "values": form.values(), **_once(form)}
        if attempt(form, operations.submit_statement, party, by=request.user, on=today(), **given):
            messages.success(request, f"Uw opgave voor {year} is verstuurd. Iedereen kan die nu lezen.")
            return after_post(request, f"{reverse('stock:corporation', args=[key])}#jaar-{year}")
    context = {
        "nav": "overview",
        "party": party,
        "form": form,
        "known": queries.known(party, year) if form.has_conflict else known,
    }
    return form_page(request, "stock/submit_statement.html", context)


def _found(key: str) -> tuple[Agreement, Party]:
    """The agreement of now and one of its corporations, or 404."""
    agreement = current_agreement()
    if agreement is None:
        raise Http404
    return agreement, get_object_or_404(queries.corporations(agreement), key=key)


def _once(form: StatementForm) -> dict[str, Any]:
    """What tells a second sending of the same form from a second statement."""
    return {name: form.cleaned_data[name] for name in ("key", "seen")}
