"""A second pair of eyes, in the browser."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agreements.access.declare import members_only
from agreements.parties.queries import all_parties
from agreements.progress import operations, permissions, queries
from agreements.progress.forms import ApprovalForm, ApproveForm, SendBackForm
from agreements.web.dates import today
from agreements.web.formats import counted
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, form_page
from agreements.web.parked import typed_before
from agreements.web.request import Request, posted


@members_only
def approve_progress(request: Request, key: str) -> HttpResponse:
    """GET and POST /organisatie/<key>/akkoord/: one or all of what waits approved; 409 when something changed."""
    party = get_object_or_404(all_parties(), key=key)
    permissions.read_offers(party, by=request.user)
    waiting = list(queries.to_approve(request.user).filter(party=party))
    form = ApproveForm(posted(request), waiting=waiting)
    if form.is_valid():
        chosen, versions = form.chosen(), form.versions
        given = {"by": request.user, "on": today(), "versions": versions}
        made = attempt(form, operations.approve_progress, chosen, **given)
        if made:
            number = counted(len(made), "antwoord is", "antwoorden zijn")
            messages.success(request, f"{number} verstuurd met uw akkoord.")
            return after_post(request, reverse("progress:approve_progress", args=[key]))
    context = {"form": form, "offers": form.offers(), "party": party, "nav": "tasks"}
    return form_page(request, "progress/approve_progress.html", context)


@members_only
def send_back_draft(request: Request, pk: int) -> HttpResponse:
    """GET asks what must change, POST /opgaven/<pk>/terugsturen/ gives it back; 409 when it changed meanwhile."""
    draft = get_object_or_404(queries.visible_drafts(request.user), pk=pk)
    permissions.send_back_draft(draft, by=request.user)
    form = SendBackForm(posted(request), initial=typed_before(request) or {"version": draft.version})
    if form.is_valid():
        given = {**form.cleaned_data, "by": request.user, "on": today()}
        if attempt(form, operations.send_back_draft, draft, **given):
            messages.success(request, f"Het antwoord bij {draft.commitment.code} is teruggestuurd.")
            return after_post(request, reverse("progress:approve_progress", args=[draft.party.key]))
    context = {"form": form, "draft": draft, "nav": "tasks"}
    return form_page(request, "progress/send_back_draft.html", context)


@members_only
def require_approval(request: Request, key: str) -> HttpResponse:
    """GET and POST /organisatie/<key>/akkoord/instellen/: whether a signatory approves first."""
    party = get_object_or_404(all_parties(), key=key)
    permissions.require_approval(party, by=request.user)
    form = ApprovalForm(posted(request), initial={"needed": "yes" if party.needs_approval else "no"})
    if form.is_valid():
        needed = form.cleaned_data["needed"] == "yes"
        if attempt(form, operations.require_approval, party, by=request.user, on=today(), needed=needed):
            messages.success(request, "Uw keuze is bewaard.")
            return after_post(request, reverse("progress:approve_progress", args=[key]))
    context = {"form": form, "party": party, "nav": "tasks"}
    return form_page(request, "progress/require_approval.html", context)
