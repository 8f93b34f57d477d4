"""A draft before the parties, in the browser."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agreements.access.declare import members_only
from agreements.reports import operations, permissions, queries
from agreements.reports.forms import CommentForm, SharingForm
from agreements.web.dates import today
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, form_page
from agreements.web.parked import typed_before
from agreements.web.request import Request, posted


@members_only
def share_report(request: Request, number: str) -> HttpResponse:
    """GET and POST /rapportages/<number>/voorleggen/: until when the parties may comment on the draft."""
    found = get_object_or_404(queries.visible_to(request.user), number=number)
    permissions.share_report(found, by=request.user)
    form = SharingForm(posted(request), initial=typed_before(request) or {"until": found.comments_due_on})
    if form.is_valid():
        until = form.cleaned_data["until"]
        if attempt(form, operations.share_report, found, by=request.user, on=today(), until=until):
            messages.success(request, "De partijen kunnen het concept nu lezen en erop reageren.")
            return after_post(request, reverse("reports:report", args=[number]))
    context = {"nav": "reports", "report": found, "form": form}
    return form_page(request, "reports/share_report.html", context)


@members_only
def comment_on_report(request: Request, number: str) -> HttpResponse:
    """GET and POST /rapportages/<number>/reactie/: what a party says about the draft."""
    found = get_object_or_404(queries.visible_to(request.user), number=number)
    permissions.comment_on_report(found, by=request.user)
    party = permissions.commenter_for(found, by=request.user)
    form = CommentForm(posted(request), initial=typed_before(request))
    if form.is_valid():
        given = {**form.cleaned_data, "by": request.user, "on": today()}
        if attempt(form, operations.comment_on_report, found, **given):
            messages.success(request, "Uw reactie is verstuurd aan de coördinatoren van de gemeente.")
            return after_post(request, reverse("reports:report", args=[number]))
    said = [comment for other, own in queries.comments_on(found) for comment in own if other == party]
    context = {"nav": "tasks", "report": found, "form": form, "party": party, "said": said}
    return form_page(request, "reports/comment_on_report.html", context)
