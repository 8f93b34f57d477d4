"""Mandates in the browser."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from agreements.access.declare import members_only
from agreements.access.refusals import allows
from agreements.parties import operations, permissions, queries
from agreements.parties.forms import MandateForm
from agreements.web.dates import today
from agreements.web.forms import PortalForm, attempt
from agreements.web.htmx import after_post, form_page
from agreements.web.parked import typed_before
from agreements.web.request import Request, posted


@members_only
def mandates(request: Request) -> HttpResponse:
    """GET /mandaten/: who may sign for which party, and by which decision."""
    permissions.read_mandates(by=request.user)
    found = queries.mandates_visible_to(request.user)
    own = [party for party in queries.all_parties() if party.pk in queries.standing_of(request.user).parties]
    context = {
        "nav": "tasks",
        "mandates": [(one, one.holds_on(today())) for one in found],
        "may_grant": [party for party in own if allows(permissions.grant_mandate, party, by=request.user)],
    }
    return render(request, "parties/mandates.html", context)


@members_only
def grant_mandate(request: Request, key: str) -> HttpResponse:
    """GET and POST /mandaten/nieuw/<party>/: let somebody sign for the own party."""
    party = get_object_or_404(queries.all_parties(), key=key)
    permissions.grant_mandate(party, by=request.user)
    form = MandateForm(posted(request), initial=typed_before(request), party=party)
    if form.is_valid():
        given = {"by": request.user, "on": today(), **form.cleaned_data}
        if attempt(form, operations.grant_mandate, party, **given):
            messages.success(request, "Het mandaat is bewaard.")
            return after_post(request, reverse("parties:mandates"))
    context = {"nav": "tasks", "party": party, "form": form}
    return form_page(request, "parties/grant_mandate.html", context)


@members_only
def end_mandate(request: Request, pk: int) -> HttpResponse:
    """GET asks for confirmation, POST /mandaten/<pk>/beeindigen/ takes the mandate back."""
    mandate = get_object_or_404(queries.mandates_visible_to(request.user), pk=pk)
    permissions.end_mandate(mandate, by=request.user)
    form = PortalForm(posted(request))
    if form.is_valid():
        ended = attempt(form, operations.end_mandate, mandate, by=request.user, on=today())
        if ended:
            messages.success(request, "Het mandaat is beëindigd.")
            return after_post(request, reverse("parties:mandates"))
    context = {"nav": "tasks", "mandate": mandate, "form": form}
    return form_page(request, "parties/end_mandate.html", context)
