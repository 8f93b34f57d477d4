"""Rounds in the browser."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from agreements.access.declare import members_only
from agreements.parties.models import Party
from agreements.progress import operations, permissions, queries
from agreements.progress.forms import RemindForm, ReopenForm, RoundForm, WindowForm
from agreements.progress.models import MOST_BY_HAND, Reminder
from agreements.web.dates import today
from agreements.web.formats import dutch_date
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, form_page
from agreements.web.request import Request, posted


@members_only
def rounds(request: Request) -> HttpResponse:
    """GET /rondes/: the reporting rounds, for coordinators."""
    permissions.open_round(by=request.user)
    rounds = list(queries.rounds().reverse())
    shares, notes = queries.how_far(rounds), queries.notes_on(rounds)
    rows = [(r, shares[r.pk] if r.opened_on <= today() else [], notes.get(r.pk, [])) for r in rounds]
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
    return form_page(request, "progress/open_round.html", context)


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
    return form_page(request, "progress/reopen_round.html", context)


@members_only
def remind_parties(request: Request, code: str) -> HttpResponse:
    """GET asks whom, POST /rondes/<code>/herinneren/ reminds them; the button beside one party posts that party."""
    round_ = get_object_or_404(queries.rounds(), code=code)
    permissions.remind_parties(round_, by=request.user)
    debts = queries.debts([round_], on=today())
    form = RemindForm(posted(request), debts=debts)
    if form.is_valid():
        parties = list(form.cleaned_data["parties"])
        given = {"by": request.user, "on": today(), "parties": parties}
        sent = attempt(form, operations.remind_parties, round_, **given)
        if sent is not None:
            _tell_reminded(request, parties, sent)
            return after_post(request, reverse("workspace:oversee"))
    context = {"form": form, "round": round_, "most": MOST_BY_HAND, "nav": "tasks"}
    return form_page(request, "progress/remind_parties.html", context)


@members_only
def move_window(request: Request, code: str) -> HttpResponse:
    """GET asks until when and why, POST /rondes/<code>/oordelen-tot/ moves the last day to judge; 409 after a colleague."""
    round_ = get_object_or_404(queries.rounds(), code=code)
    permissions.move_window(round_, by=request.user)
    form = WindowForm(posted(request), initial={"until": round_.assess_by, "seen": round_.assess_by})
    if form.is_valid():
        given = {**form.cleaned_data, "by": request.user, "on": today()}
        if moved := attempt(form, operations.move_window, round_, **given):
            until = dutch_date(moved.assess_by)
            messages.success(request, f"Oordelen over {round_.name.lower()} kan nu tot en met {until}.")
            return after_post(request, reverse("progress:rounds"))
    if form.has_conflict:
        round_.refresh_from_db()
    context = {"form": form, "round": round_, "nav": "tasks"}
    return form_page(request, "progress/move_window.html", context)


def _tell_reminded(request: Request, parties: Sequence[Party], sent: Sequence[Reminder]) -> None:
    """Who got a reminder, and of whom that was not needed any more or not possible."""
    got = [reminder.party for reminder in sent]
    if got:
        messages.success(request, f"Herinnering verstuurd aan {', '.join(party.name for party in got)}.")
    if others := [party.name for party in parties if party not in got]:
        messages.info(request, f"Niet opnieuw verstuurd aan {', '.join(others)}. Hieronder ziet u waarom.")
