"""Reports in the browser."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from agreements.access.declare import members_only, public
from agreements.access.refusals import allows
from agreements.documents.store import path_of
from agreements.history.queries import timeline
from agreements.reports import operations, permissions, queries
from agreements.reports.forms import ReportForm
from agreements.reports.models import Report
from agreements.web.dates import today
from agreements.web.downloads import stored_file
from agreements.web.forms import PortalForm, attempt
from agreements.web.htmx import after_post, page_or_part
from agreements.web.request import Request, posted


@public
def reports(request: Request) -> HttpResponse:
    """GET /rapportages/: the newest report with what changed, and the earlier ones."""
    visible = list(queries.visible_to(request.user))
    latest = queries.published().first()
    context = {
        "nav": "reports",
        "latest": latest,
        "content": latest and queries.snapshot_of(latest),
        "earlier": [report for report in visible if report.is_published and report != latest],
        "preparing": [report for report in visible if not report.is_published],
        "may_create": allows(permissions.create_report, by=request.user),
    }
    return render(request, "reports/reports.html", context)


@members_only
def create_report(request: Request) -> HttpResponse:
    """GET and POST /rapportages/nieuw/: freeze a round and start rendering."""
    permissions.create_report(by=request.user)
    form = ReportForm(posted(request))
    if form.is_valid():
        report = attempt(
            form, operations.create_report, form.cleaned_data["round"], by=request.user, on=today()
        )
        if report:
            return after_post(request, reverse("reports:report", args=[report.number]))
    context = {"nav": "reports", "form": form}
    return page_or_part(
        request, "reports/create_report.html", context, part="formulier", status=422 if form.errors else 200
    )


@public
def report(request: Request, number: str) -> HttpResponse:
    """GET /rapportages/<number>/: a report, or how far the making of it is (refreshes itself)."""
    found = get_object_or_404(queries.visible_to(request.user), number=number)
    return page_or_part(request, "reports/report.html", _shown(request, found), part="stand")


@members_only
@require_POST
def retry_report(request: Request, number: str) -> HttpResponse:
    """POST /rapportages/<number>/opnieuw/: render once more after a failure."""
    found = get_object_or_404(queries.visible_to(request.user), number=number)
    operations.retry_report(found, by=request.user, on=today())
    return after_post(request, reverse("reports:report", args=[number]))


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
    context = {"nav": "reports", "report": found, "form": form}
    return render(request, "reports/publish_report.html", context, status=422 if form.errors else 200)


@public
def download_report(request: Request, number: str) -> HttpResponseBase:
    """GET /rapportages/<number>.pdf: the stored file; before publication the draft, for coordinators."""
    found = get_object_or_404(queries.visible_to(request.user), number=number)
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


def _shown(request: Request, found: Report) -> dict[str, object]:
    return {
        "nav": "reports",
        "report": found,
        "content": queries.snapshot_of(found),
        "timeline": timeline(found),
        "may_publish": allows(permissions.publish_report, found, by=request.user),
        "may_retry": allows(permissions.retry_report, found, by=request.user),
    }
