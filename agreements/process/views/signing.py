"""Closing the signing of a jaarschijf in the browser."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agreements.access.declare import members_only
from agreements.agreement.models import YearSlice
from agreements.process import operations, permissions
from agreements.process.phases import SIGNING_IS_CLOSED, checklist
from agreements.signing.queries import seats_of, visible_to
from agreements.web.dates import today
from agreements.web.forms import PortalForm, attempt
from agreements.web.htmx import after_post, form_page
from agreements.web.request import Request, posted


@members_only
def close_signing(request: Request, year: int, number: int) -> HttpResponse:
    """GET asks for confirmation, POST /jaarschijven/<year>/ondertekening/<number>/sluiten/ closes and adopts."""
    round_ = get_object_or_404(visible_to(request.user), year_slice__year=year, number=number)
    permissions.close_signing(round_, by=request.user)
    form = PortalForm(posted(request))
    if form.is_valid():
        closing = attempt(form, operations.close_signing, round_, by=request.user, on=today())
        if closing:
            messages.success(request, "Niemand kan nog antwoorden. Het portaal maakt het document af.")
            return after_post(request, reverse("signing:signing_round", args=[year, number]))
    checks = checklist(round_.year_slice, YearSlice.Phase.ADOPTED, besides=SIGNING_IS_CLOSED)
    context = {
        "nav": "year_slices",
        "round": round_,
        "slice": round_.year_slice,
        "silent": [one.seat for one in seats_of(round_, seen_by=request.user) if not one.seat.has_answered],
        "missing": [check for check in checks if not check.is_met],
        "form": form,
    }
    return form_page(request, "process/close_signing.html", context)
