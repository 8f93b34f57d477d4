"""Rounds in the browser."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from agreements.access.declare import members_only
from agreements.progress import operations, permissions, queries
from agreements.progress.forms import ReopenForm, RoundForm
from agreements.web.dates import today
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, page_or_part
from agreements.web.request import Request, posted


@members_only
def rounds(request: Request) -> HttpResponse:
    """GET /rondes/: the reporting rounds, for coordinators."""
    permissions.open_round(by=request.user)
    rounds = list(queries.rounds().reverse())
    shares, reopened = queries.how_far(rounds), queries.reopenings(rounds)
    rows = [(r, shares[r.pk] if r.opened_on <= today() else [], reopened.get(r.pk, [])) for r in rounds]
    return render(request, "progress/rounds.html", {"rounds": rows, "nav": "tasks"})


@members_only
def open_round(request: Request) -> HttpResponse:
    """GET and POST /rondes/nieuw/: ask the parties for their figures."""
    permissions.open_round(by=request.user)
    form = RoundForm(posted(request))
    if form.is_valid():
        given = {
            **form.cleaned_data,
            "opened_on": today(),
            "code": queries.code_of(form.cleaned_data["as_of"]),
        }
        if attempt(form, operations.open_round, by=request.user, on=today(), **given):
            messages.success(request, "De ronde is open. De partijen zien nu hun taken.")
            return after_post(request, reverse("progress:rounds"))
    context = {"form": form, "nav": "tasks"}
    return page_or_part(
        request, "progress/open_round.html", context, part="formulier", status=422 if form.errors else 200
    )


@members_only
def close_round(request: Request, code: str) -> HttpResponse:
    """GET asks for confirmation, POST /rondes/<code>/sluiten/ closes the round."""
    round_ = get_object_or_404(queries.rounds(), code=code)
    permissions.close_round(round_, by=request.user)
    if request.method == "POST":
        operations.close_round(round_, by=request.user, on=today())
        messages.success(request, f"De ronde {round_.name.lower()} is gesloten.")
        return after_post(request, reverse("progress:rounds"))
    silent = queries.silent_in(round_)
    context = {"round": round_, "silent": silent, "shares": queries.how_far([round_])[round_.pk]}
    return render(request, "progress/close_round.html", {**context, "nav": "tasks"})


@members_only
def reopen_round(request: Request, code: str) -> HttpResponse:
    """GET asks why, POST /rondes/<code>/heropenen/ opens a closed round again."""
    round_ = get_object_or_404(queries.rounds(), code=code)
    permissions.reopen_round(round_, by=request.user)
    form = ReopenForm(posted(request))
    if form.is_valid():
        given = {**form.cleaned_data, "by": request.user, "on": today()}
        if attempt(form, operations.reopen_round, round_, **given):
            messages.success(request, f"De ronde {round_.name.lower()} is weer open.")
            return after_post(request, reverse("progress:rounds"))
    context = {"form": form, "round": round_, "nav": "tasks"}
    status = 422 if form.errors else 200
    return page_or_part(request, "progress/reopen_round.html", context, part="formulier", status=status)
