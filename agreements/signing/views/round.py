"""Rounds of signing in the browser."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from agreements.access.declare import members_only, public
from agreements.access.refusals import allows
from agreements.agreement.queries import year_slices
from agreements.documents.store import path_of
from agreements.history.queries import timeline
from agreements.signing import operations, permissions, queries
from agreements.signing.document import number_of
from agreements.signing.forms import EndForm, RoundForm
from agreements.signing.models import Seat, SigningRound
from agreements.web.dates import today
from agreements.web.downloads import stored_file
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, form_page, page_or_part, reload_page
from agreements.web.parked import typed_before
from agreements.web.request import Request, posted


@public
def signing_round(request: Request, year: int, number: int) -> HttpResponse:
    """GET /jaarschijven/<year>/ondertekening/<number>/: what is signed, by whom, and how far it is."""
    found = found_round(request, year, number)
    if request.htmx and found.is_over:  # what waited for this shows more than the part that it asked for
        return reload_page()
    seats = queries.seats_of(found, seen_by=request.user)
    context = {
        "nav": "year_slices",
        "round": found,
        "slice": found.year_slice,
        "seats": seats,
        "standing": queries.standing_in_words(found, seats),
        "other_rounds": [
            one for one in queries.rounds_of(found.year_slice, seen_by=request.user) if one != found
        ],
        "revisions": queries.revisions_of(found),
        "timeline": timeline(found),
        "must_renew": found in queries.without_renewal(request.user),
        "may_retry": allows(permissions.retry_round, found, by=request.user),
        "may_end": allows(permissions.end_round, found, by=request.user),
        "may_close": allows(permissions.close_round, found, by=request.user),
    }
    return page_or_part(request, "signing/signing_round.html", context, part="stand")


@members_only
def open_round(request: Request, year: int) -> HttpResponse:
    """GET and POST /jaarschijven/<year>/ondertekening/nieuw/: freeze the text and ask the parties to sign."""
    year_slice = get_object_or_404(year_slices(), year=year)
    permissions.open_round(year_slice, by=request.user)
    form = RoundForm(posted(request), initial=typed_before(request, "parties"), year_slice=year_slice)
    if form.is_valid():
        given = {"by": request.user, "on": today(), **form.cleaned_data}
        round_ = attempt(form, operations.open_round, year_slice, **given)
        if round_:
            return after_post(request, address_of(round_))
    context = {"nav": "year_slices", "slice": year_slice, "form": form}
    return form_page(request, "signing/open_round.html", context)


@members_only
@require_POST
def retry_round(request: Request, year: int, number: int) -> HttpResponse:
    """POST /jaarschijven/<year>/ondertekening/<number>/opnieuw/: make the document once more."""
    found = found_round(request, year, number)
    operations.retry_round(found, by=request.user, on=today())
    return after_post(request, address_of(found))


@members_only
def end_round(request: Request, year: int, number: int) -> HttpResponse:
    """GET and POST /jaarschijven/<year>/ondertekening/<number>/beeindigen/: stop without a result."""
    found = found_round(request, year, number)
    permissions.end_round(found, by=request.user)
    form = EndForm(posted(request), initial=typed_before(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, operations.end_round, found, by=request.user, on=today(), reason=reason):
            messages.success(request, "De ondertekening is beëindigd.")
            return after_post(request, address_of(found))
    context = {"nav": "year_slices", "slice": found.year_slice, "round": found, "form": form}
    return form_page(request, "signing/end_round.html", context)


@public
def download_document(request: Request, year: int, number: int) -> HttpResponseBase:
    """GET /jaarschijven/<year>/ondertekening/<number>/tekst.pdf: the file that everyone signs, without signatures."""
    found = found_round(request, year, number)
    if not found.document_sha256:
        raise Http404
    return _file(request, found, found.document_sha256, "tekst")


@public
def download_signed(request: Request, year: int, number: int) -> HttpResponseBase:
    """GET /jaarschijven/<year>/ondertekening/<number>/ondertekend.pdf: the result, once the round is over."""
    found = found_round(request, year, number)
    if not found.is_over or not found.document_sha256:
        raise Http404
    return _file(request, found, queries.last_revision(found).sha256, "ondertekend")


def found_round(request: Request, year: int, number: int) -> SigningRound:
    """The round at this address; 404 for who may not see it."""
    return get_object_or_404(queries.visible_to(request.user), year_slice__year=year, number=number)


def found_seat(request: Request, year: int, number: int, key: str) -> Seat:
    """The place of a party in such a round."""
    round_ = found_round(request, year, number)
    seat = get_object_or_404(round_.seats.select_related("party", "statement"), party__key=key)
    seat.round = round_
    return seat


def address_of(round_: SigningRound) -> str:
    """The page of a round."""
    return reverse("signing:signing_round", args=[round_.year_slice.year, round_.number])


def _file(request: Request, found: SigningRound, sha256: str, kind: str) -> HttpResponseBase:
    name = f"{number_of(found.content())}-{kind}.pdf"
    path, media_type = path_of(sha256), "application/pdf"
    return stored_file(request, path, name=name, media_type=media_type, etag=sha256, is_public=True)
