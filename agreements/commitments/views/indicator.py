"""The catalogue of indicators in the browser."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from agreements.access.declare import members_only, public
from agreements.access.refusals import allows
from agreements.commitments import operations, permissions, queries
from agreements.commitments.forms import (
    IndicatorForm,
)
from agreements.web.dates import today
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, form_page
from agreements.web.request import Request, posted


@public
def indicators(request: Request) -> HttpResponse:
    """GET /indicatoren/: what is counted, how, and in which commitments."""
    context = {
        "indicators": queries.indicators(request.user),
        "may_define": allows(permissions.define_indicator, by=request.user),
        "nav": "commitments",
    }
    return render(request, "commitments/indicators.html", context)


@members_only
def define_indicator(request: Request) -> HttpResponse:
    """GET and POST /indicatoren/nieuw/: add an indicator to the catalogue."""
    permissions.define_indicator(by=request.user)
    form = IndicatorForm(posted(request))
    if form.is_valid():
        made = attempt(form, operations.define_indicator, by=request.user, on=today(), **form.cleaned_data)
        if made:
            messages.success(request, f"Indicator ‘{made.name}’ staat in de lijst.")
            return after_post(request, f"{reverse('commitments:indicators')}#{made.key}")
    context = {"form": form, "nav": "commitments"}
    return form_page(request, "commitments/define_indicator.html", context)
