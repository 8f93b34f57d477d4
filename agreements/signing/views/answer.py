"""Signing and declining in the browser."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse

from agreements.access.declare import members_only
from agreements.access.refusals import allows
from agreements.accounts.second_factor import Proof, fresh_proof, prove_again, proving_address
from agreements.signing import operations, permissions
from agreements.signing.forms import AfterwordForm, DeclineForm, DelegateForm, SignForm
from agreements.signing.models import Seat
from agreements.signing.signer import means_of
from agreements.signing.statement import statement_in
from agreements.signing.views.round import address_of, found_seat
from agreements.web.dates import today
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, form_page
from agreements.web.parked import typed_before
from agreements.web.request import Request, posted, posted_files


@members_only
def sign(request: Request, year: int, number: int, key: str) -> HttpResponse:
    """GET and POST /jaarschijven/<year>/ondertekening/<number>/<party>/tekenen/: sign for the own party."""
    seat = found_seat(request, year, number, key)
    mandate = permissions.sign(seat, by=request.user)
    proof = fresh_proof(request)
    if request.method == "POST" and proof is None:
        return prove_again(request)
    form = SignForm(posted(request), initial=typed_before(request), seat=seat, mandate=mandate)
    if form.is_valid():
        signed = attempt(form, operations.sign, seat, by=request.user, on=today(), proof=proof)
        if signed:
            messages.success(request, f"U heeft getekend namens {seat.party.name}.")
            return after_post(request, address_of(seat.round))
    may_keep = allows(permissions.add_certificate, seat.party, by=request.user)
    return _page(request, "sign", seat, form, proof, mandate=mandate, may_keep=may_keep)


@members_only
def decline(request: Request, year: int, number: int, key: str) -> HttpResponse:
    """GET and POST /jaarschijven/<year>/ondertekening/<number>/<party>/niet-tekenen/: say no, and why."""
    seat = found_seat(request, year, number, key)
    mandate = permissions.decline(seat, by=request.user)
    proof = fresh_proof(request)
    if request.method == "POST" and proof is None:
        return prove_again(request)
    start = typed_before(request) or {"reason": seat.reason}
    form = DeclineForm(posted(request), posted_files(request), initial=start)
    statement = statement_in(form, by=request.user, party=seat.party) if form.is_bound else seat.statement
    if form.is_valid():
        given = {"reason": form.cleaned_data["reason"], "statement": statement or seat.statement}
        if attempt(form, operations.decline, seat, by=request.user, on=today(), proof=proof, **given):
            messages.success(request, f"Uw antwoord namens {seat.party.name} is bewaard.")
            return after_post(request, address_of(seat.round))
    return _page(request, "decline", seat, form, proof, mandate=mandate, statement=statement)


@members_only
def delegate(request: Request, year: int, number: int, key: str) -> HttpResponse:
    """GET and POST /jaarschijven/<year>/ondertekening/<number>/<party>/overdragen/: let somebody else answer."""
    seat = found_seat(request, year, number, key)
    permissions.delegate(seat, by=request.user)
    form = DelegateForm(posted(request), seat=seat, by=request.user)
    if form.is_valid():
        to = form.cleaned_data["to"]
        if attempt(form, operations.delegate, seat, by=request.user, on=today(), to=to):
            messages.success(request, f"Overgedragen aan {to.function}.")
            return after_post(request, address_of(seat.round))
    return _page(request, "delegate", seat, form, None)


@members_only
def add_afterword(request: Request, year: int, number: int, key: str) -> HttpResponse:
    """GET and POST /jaarschijven/<year>/ondertekening/<number>/<party>/verklaring/: a later word, beside the answer."""
    seat = found_seat(request, year, number, key)
    permissions.add_afterword(seat, by=request.user)
    form = AfterwordForm(posted(request), initial=typed_before(request))
    if form.is_valid():
        text = form.cleaned_data["text"]
        if attempt(form, operations.add_afterword, seat, by=request.user, on=today(), text=text):
            messages.success(request, "Uw verklaring staat erbij.")
            return after_post(request, address_of(seat.round))
    context = {
        "nav": "year_slices",
        "seat": seat,
        "round": seat.round,
        "slice": seat.round.year_slice,
        "form": form,
    }
    return form_page(request, "signing/add_afterword.html", context)


def _page(
    request: Request, verb: str, seat: Seat, form: Any, proof: Proof | None, **more: Any
) -> HttpResponse:
    context = {
        "nav": "tasks",
        "seat": seat,
        "round": seat.round,
        "slice": seat.round.year_slice,
        "form": form,
        "proof": proof,
        "means": means_of(seat.party),
        "proving_address": proving_address(request.user, back_to=request.path),
        **more,
    }
    return form_page(request, f"signing/{verb}.html", context)
