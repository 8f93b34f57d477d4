"""Publishing, withdrawing and correcting in the browser; and the PDF."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from agreements.access.declare import members_only, public
from agreements.access.refusals import allows
from agreements.documents.store import path_of
from agreements.reports import operations, permissions, queries
from agreements.reports.forms import ReasonForm
from agreements.reports.models import Report
from agreements.web.dates import today
from agreements.web.downloads import stored_file
from agreements.web.forms import PortalForm, attempt
from agreements.web.htmx import after_post, form_page
from agreements.web.parked import typed_before
from agreements.web.request import Request, posted


@members_only
def publish_report(request: Request, number: str) -> HttpResponse:
    """GET asks for confirmation, POST /rapportages/<number>/publiceren/ seals and publishes; 422 when that fails."""
    found = get_object_or_404(queries.visible_to(request.user), number=number)
    permissions.publish_report(found, by=request.user)
    form = PortalForm(posted(request))
    if form.is_valid():
        published = attempt(form, operations.publish_report, found, by=request.user, on=today())
        if published:
            messages.success(request, f"Rapportage {number} is verzegeld en gepubliceerd.")
            return after_post(request, reverse("reports:report", args=[number]))
    context = {
        "nav": "reports",
        "report": found,
        "form": form,
        "comments": queries.comments_on(found),
        "may_ask_signature": allows(permissions.ask_signature, found, by=request.user),
    }
    return form_page(request, "reports/publish_report.html", context)


@members_only
def withdraw_report(request: Request, number: str) -> HttpResponse:
    """GET and POST /rapportages/<number>/intrekken/: the reason, and what stays to be read."""
    found = get_object_or_404(queries.visible_to(request.user), number=number)
    permissions.withdraw_report(found, by=request.user)
    form = _reason_form(request)
    if form.is_valid():
        operations.withdraw_report(found, by=request.user, on=today(), reason=form.cleaned_data["reason"])
        messages.success(request, f"Rapportage {number} is ingetrokken.")
        return after_post(request, reverse("reports:report", args=[number]))
    return _reason_page(request, "reports/withdraw_report.html", found, form)


@members_only
def correct_report(request: Request, number: str) -> HttpResponse:
    """GET and POST /rapportages/<number>/verbeteren/: a new draft that takes the place of this one later."""
    found = get_object_or_404(queries.visible_to(request.user), number=number)
    permissions.correct_report(found, by=request.user)
    form = _reason_form(request)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        made = operations.correct_report(found, by=request.user, on=today(), reason=reason)
        return after_post(request, reverse("reports:report", args=[made.number]))
    return _reason_page(request, "reports/correct_report.html", found, form)


@public
def download_report(request: Request, number: str) -> HttpResponseBase:
    """GET /rapportages/<number>.pdf: the stored file; the draft for who may read it; 410 after withdrawal."""
    found = get_object_or_404(queries.visible_to(request.user), number=number)
    if found.state == Report.State.WITHDRAWN:
        return stone(request, found)
    sha256 = found.sha256 or found.draft_sha256
    if not sha256:
        raise Http404
    name = f"{number}.pdf" if found.is_published else f"{number}-concept.pdf"
    return stored_file(
        request,
        path_of(sha256),
        name=name,
        media_type="application/pdf",
        etag=sha256,
        is_public=found.is_published,
    )


def stone(request: Request, report: Report) -> HttpResponse:
    """What stands at the address of a file that was withdrawn: when, why, and what came instead."""
    context = {"nav": "reports", "report": report, "newer": queries.newer_than(report)}
    return render(request, "reports/stone.html", context, status=410)


def _reason_form(request: Request) -> ReasonForm:
    return ReasonForm(posted(request), initial=typed_before(request))


def _reason_page(request: Request, template: str, report: Report, form: ReasonForm) -> HttpResponse:
    context = {"nav": "reports", "report": report, "form": form}
    return form_page(request, template, context)
