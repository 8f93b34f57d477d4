"""What each party does, and each theme."""

from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from agreements.access.declare import public
from agreements.agreement import queries as agreement_queries
from agreements.agreement.queries import current_agreement, signatories, themes
from agreements.commitments.queries import visible_to
from agreements.parties.models import Party
from agreements.public import queries
from agreements.public.forms import chosen_year
from agreements.public.parties import dues_of, party_rows
from agreements.web.dates import today
from agreements.web.request import Request


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
        "total": sum(row.part_of is None for row in rows),
        "counts": queries.in_order(Counter(row.status for row in rows if row.part_of is None)),
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
