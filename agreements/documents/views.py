"""Downloading evidence, and adding the decision behind a mandate."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agreements.access.declare import members_only, public
from agreements.documents import operations, permissions, queries
from agreements.documents.checks import read_upload
from agreements.documents.forms import DecisionForm
from agreements.documents.store import path_of
from agreements.parties.queries import mandates_visible_to
from agreements.web.dates import today
from agreements.web.downloads import stored_file
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, form_page
from agreements.web.request import Request, posted, posted_files


@public
def evidence(request: Request, pk: int, name: str) -> HttpResponseBase:
    """GET /bewijs/<pk>/<name>: the file, always as a download."""
    piece = get_object_or_404(queries.visible_to(request.user), pk=pk, name=name)
    return stored_file(
        request,
        path_of(piece.sha256),
        name=piece.name,
        media_type=piece.media_type,
        etag=piece.sha256,
        is_public=piece.visibility == "public" and piece.attached_on is not None,
    )


@members_only
def add_decision(request: Request, pk: int) -> HttpResponse:
    """GET and POST /mandaten/<pk>/besluit/: show the decision behind a mandate to the parties."""
    mandate = get_object_or_404(mandates_visible_to(request.user), pk=pk)
    permissions.add_decision(mandate, by=request.user)
    form = DecisionForm(posted(request), posted_files(request))
    if form.is_valid():
        upload = form.cleaned_data["upload"]
        given = {"name": upload.name, "data": read_upload(upload)}
        if attempt(form, operations.add_decision, mandate, by=request.user, on=today(), **given):
            messages.success(request, "Het besluit staat bij het mandaat.")
            return after_post(request, reverse("parties:mandates"))
    context = {"nav": "tasks", "mandate": mandate, "form": form}
    return form_page(request, "documents/add_decision.html", context)
