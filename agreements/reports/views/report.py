"""Making and reading reports in the browser."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from agreements.access.declare import members_only, public
from agreements.access.refusals import allows
from agreements.reports import operations, permissions, queries
from agreements.reports.content import grouped_changes, summary
from agreements.reports.forms import ReportForm
from agreements.reports.models import Report
from agreements.reports.subject import Subject
from agreements.web.dates import today
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, form_page, page_or_part
from agreements.web.parked import typed_before
from agreements.web.request import Request, posted

VERBS = {
    "share": permissions.share_report,
    "publish": permissions.publish_report,
    "retry": permissions.retry_report,
    "cancel": permissions.cancel_report,
    "ask_signature": permissions.ask_signature,
    "drop_signature": permissions.drop_signature,
    "sign": permissions.sign_report,
    "withdraw": permissions.withdraw_report,
    "correct": permissions.correct_report,
}


@public
def reports(request: Request) -> HttpResponse:
    """GET /rapportages/: the newest report with what changed, and the earlier ones."""
    visible = list(queries.visible_to(request.user))
    latest = queries.published().filter(kind=Report.Kind.PROGRESS).first()
    content = queries.snapshot_of(latest) if latest else None
    context = {
        "nav": "reports",
        "latest": latest,
        "content": content,
        "summary": summary(content["counts"]) if content else [],
        "changes": grouped_changes(content["changes"]) if content else [],
        "earlier": [report for report in visible if report.was_published and report != latest],
        "preparing": [report for report in visible if not report.was_published],
        "may_create": allows(permissions.create_report, by=request.user),
    }
    return render(request, "reports/reports.html", context)


@members_only
def create_report(request: Request) -> HttpResponse:
    """GET and POST /rapportages/nieuw/: freeze a round and start rendering."""
    permissions.create_report(by=request.user)
    form = ReportForm(posted(request), initial=typed_before(request))
    if form.is_valid():
        report = attempt(
            form, operations.create_report, Subject(**form.cleaned_data), by=request.user, on=today()
        )
        if report:
            return after_post(request, reverse("reports:report", args=[report.number]))
    context = {"nav": "reports", "form": form}
    return form_page(request, "reports/create_report.html", context)


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
def cancel_report(request: Request, number: str) -> HttpResponse:
    """GET asks for confirmation, POST /rapportages/<number>/stoppen/ stops the making or puts the draft away."""
    found = get_object_or_404(queries.visible_to(request.user), number=number)
    permissions.cancel_report(found, by=request.user)
    if request.method == "POST":
        operations.cancel_report(found, by=request.user, on=today())
        messages.success(request, f"Rapportage {number} is gestopt.")
        return after_post(request, reverse("reports:report", args=[number]))
    return render(request, "reports/cancel_report.html", {"nav": "reports", "report": found})


def _shown(request: Request, found: Report) -> dict[str, object]:
    user, content = request.user, queries.snapshot_of(found)
    is_for_parties = not found.was_published
    return {
        "nav": "reports",
        "report": found,
        "content": content,
        "changes": grouped_changes(content["changes"]),
        "timeline": queries.readable_timeline(found, user),
        "newer": queries.newer_than(found),
        "comments": queries.comments_on(found)
        if is_for_parties and allows(permissions.create_report, by=user)
        else [],
        "may_comment": allows(permissions.comment_on_report, found, by=user),
        **{f"may_{verb}": allows(rule, found, by=user) for verb, rule in VERBS.items()},
    }
