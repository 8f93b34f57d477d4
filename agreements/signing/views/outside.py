"""Noting and confirming in the browser what a party answered outside the portal."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agreements.access.declare import members_only
from agreements.documents.models import Evidence
from agreements.parties.models import Party
from agreements.signing import operations, permissions
from agreements.signing.forms import OutsideDeclineForm, OutsideForm, RejectForm
from agreements.signing.models import OutsideSignature, Seat
from agreements.signing.outside import judge
from agreements.signing.statement import statement_in
from agreements.signing.views.round import address_of, found_seat
from agreements.web.dates import today
from agreements.web.forms import PortalForm, attempt
from agreements.web.htmx import after_post, form_page
from agreements.web.parked import typed_before
from agreements.web.request import Request, posted, posted_files


@members_only
def note_outside(request: Request, year: int, number: int, key: str) -> HttpResponse:
    """GET and POST /jaarschijven/<year>/ondertekening/<number>/<party>/buiten-het-portaal/: what a party signed elsewhere."""
    seat = found_seat(request, year, number, key)
    permissions.note_outside(seat, by=request.user)
    form = OutsideForm(posted(request), posted_files(request), initial=typed_before(request))
    document = _document_in(form, seat, by=request.user) if form.is_bound else None
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("signed_on", "function", "ground")}
        given |= {"by": request.user, "on": today(), "document": document}
        if attempt(form, operations.note_outside, seat, **given):
            messages.success(request, "Het bestand is bewaard. Een collega moet het nog nakijken.")
            return after_post(request, address_of(seat.round))
    return _page(request, "note_outside", seat, form, document=document)


@members_only
def note_decline(request: Request, year: int, number: int, key: str) -> HttpResponse:
    """GET and POST /jaarschijven/<year>/ondertekening/<number>/<party>/tekent-niet/: what a party wrote, that it does not sign."""
    seat = found_seat(request, year, number, key)
    permissions.note_decline(seat, by=request.user)
    form = OutsideDeclineForm(posted(request), posted_files(request), initial=typed_before(request))
    document = _letter_in(form, seat, by=request.user) if form.is_bound else None
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("signed_on", "function", "ground", "why")}
        given |= {"by": request.user, "on": today(), "document": document}
        if attempt(form, operations.note_decline, seat, **given):
            messages.success(request, "De brief is bewaard. Een collega moet hem nog nakijken.")
            return after_post(request, address_of(seat.round))
    return _page(request, "note_decline", seat, form, document=document)


@members_only
def confirm_outside(request: Request, year: int, number: int, key: str) -> HttpResponse:
    """GET asks for confirmation, POST …/buiten-het-portaal/bevestigen/ says that the party signed."""
    seat = found_seat(request, year, number, key)
    outside = _waiting(seat)
    permissions.confirm_outside(outside, by=request.user)
    form = PortalForm(posted(request))
    if form.is_valid():
        confirmed = attempt(form, operations.confirm_outside, outside, by=request.user, on=today())
        if confirmed:
            messages.success(request, f"Het antwoord van {seat.party.name} telt.")
            return after_post(request, address_of(seat.round))
    return _page(request, "confirm_outside", seat, form, outside=outside)


@members_only
def reject_outside(request: Request, year: int, number: int, key: str) -> HttpResponse:
    """GET and POST …/buiten-het-portaal/afkeuren/: say that it does not count, and why."""
    seat = found_seat(request, year, number, key)
    outside = _waiting(seat)
    permissions.reject_outside(outside, by=request.user)
    form = RejectForm(posted(request), initial=typed_before(request))
    if form.is_valid():
        given = {"by": request.user, "on": today(), "reason": form.cleaned_data["reason"]}
        if attempt(form, operations.reject_outside, outside, **given):
            messages.success(request, f"Dit antwoord van {seat.party.name} telt niet.")
            return after_post(request, address_of(seat.round))
    return _page(request, "reject_outside", seat, form, outside=outside)


def _waiting(seat: Seat) -> OutsideSignature:
    waiting = seat.outside.select_related("document", "noted_by").filter(state=OutsideSignature.State.WAITING)
    outside: OutsideSignature = get_object_or_404(waiting)
    outside.seat = seat
    return outside


def _document_in(form: OutsideForm, seat: Seat, *, by: Any) -> Evidence | None:
    """The file of the form; our own text is known by judging it, before it is kept."""

    def is_ours(data: bytes) -> bool:
        return judge(data, seat).kind == OutsideSignature.Kind.TOOL

    return _chosen(form, statement_in(form, by=by, party=_municipality(seat), is_ours=is_ours))


def _letter_in(form: OutsideForm, seat: Seat, *, by: Any) -> Evidence | None:
    return _chosen(form, statement_in(form, by=by, party=_municipality(seat)))


def _chosen(form: OutsideForm, document: Evidence | None) -> Evidence | None:
    if document is None and "upload" not in form.errors:
        form.add_error("upload", "Kies het bestand van de partij.")
    return document


def _municipality(seat: Seat) -> Party:
    """Who keeps the file: the municipality is a party in every round."""
    return seat.round.seats.select_related("party").get(party__kind=Party.Kind.MUNICIPALITY).party


def _page(request: Request, verb: str, seat: Seat, form: Any, **more: Any) -> HttpResponse:
    context = {
        "nav": "tasks",
        "seat": seat,
        "round": seat.round,
        "slice": seat.round.year_slice,
        "form": form,
        "here": reverse(
            f"signing:{verb}", args=[seat.round.year_slice.year, seat.round.number, seat.party.key]
        ),
        **more,
    }
    return form_page(request, f"signing/{verb}.html", context)
