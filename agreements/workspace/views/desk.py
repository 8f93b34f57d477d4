"""The desk of a tenant organisation."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from agreements.access.declare import members_only, public
from agreements.access.refusals import allows
from agreements.commitments.queries import visible_to
from agreements.web.dates import today
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, form_page
from agreements.web.parked import typed_before
from agreements.web.request import Request, posted
from agreements.workspace import operations, permissions, queries
from agreements.workspace.desk import summary
from agreements.workspace.forms import NoteForm, ShareForm


@members_only
def desk(request: Request) -> HttpResponse:
    """GET /meekijken/: what is asked of us, what changed, our notes and our links."""
    permissions.open_desk(by=request.user)
    party = permissions.desk_of(request.user)
    assert party is not None
    context = {
        "nav": "tasks",
        "party": party,
        "tasks": queries.tasks_of(request.user),
        "summary": summary(party, notes=list(queries.notes(request.user))),
        "links": queries.share_links(request.user),
        "may_share": allows(permissions.share_desk, by=request.user),
    }
    return render(request, "workspace/desk.html", context)


@members_only
def meeting_list(request: Request) -> HttpResponse:
    """GET /meekijken/lijst/: the figures as a list to print for a meeting of members."""
    permissions.open_desk(by=request.user)
    party = permissions.desk_of(request.user)
    assert party is not None
    context = {"nav": "tasks", "party": party, "summary": summary(party)}
    return render(request, "workspace/meeting_list.html", context)


@members_only
def add_note(request: Request, code: str) -> HttpResponse:
    """GET and POST /meekijken/notities/<code>/: our notes on one commitment, and a new one."""
    commitment = get_object_or_404(visible_to(request.user), code=code)
    permissions.add_note(commitment, by=request.user)
    form = NoteForm(posted(request), initial=typed_before(request))
    if form.is_valid():
        given = {**form.cleaned_data, "by": request.user, "on": today()}
        if attempt(form, operations.add_note, commitment, **given):
            messages.success(request, "Uw notitie is bewaard. Alleen uw organisatie leest haar.")
            return after_post(request, reverse("workspace:add_note", args=[code]))
    notes = queries.notes(request.user).filter(commitment=commitment)
    context = {"commitment": commitment, "form": form, "notes": notes, "nav": "tasks"}
    context["party"] = permissions.desk_of(request.user)
    template = "workspace/add_note.html"
    return form_page(request, template, context)


@members_only
def remove_note(request: Request, pk: int) -> HttpResponse:
    """GET asks for confirmation, POST /meekijken/notities/<pk>/verwijderen/ removes an own note."""
    note = get_object_or_404(queries.notes(request.user), pk=pk)
    permissions.remove_note(note, by=request.user)
    if request.method == "POST":
        operations.remove_note(note, by=request.user, on=today())
        messages.success(request, "De notitie is verwijderd.")
        return after_post(request, reverse("workspace:add_note", args=[note.commitment.code]))
    return render(request, "workspace/remove_note.html", {"note": note, "nav": "tasks"})


@members_only
def share_desk(request: Request) -> HttpResponse:
    """GET and POST /meekijken/links/nieuw/: make a link for members; only this answer shows its secret.

    No redirect: the secret is kept nowhere. Sending the form again gives the same link.
    """
    permissions.share_desk(by=request.user)
    form = ShareForm(posted(request), initial=typed_before(request))
    context = {"form": form, "nav": "tasks"}
    if form.is_valid():
        made = attempt(form, operations.share_desk, by=request.user, on=today(), **form.cleaned_data)
        if made:
            link, token = made
            address = request.build_absolute_uri(reverse("workspace:shared_desk", args=[token]))
            context |= {"link": link, "address": address}
    template = "workspace/share_desk.html"
    return form_page(request, template, context)


@members_only
def revoke_link(request: Request, pk: int) -> HttpResponse:
    """GET asks for confirmation, POST /meekijken/links/<pk>/intrekken/ takes a link back."""
    link = get_object_or_404(queries.share_links(request.user), pk=pk)
    permissions.revoke_link(link, by=request.user)
    if request.method == "POST":
        operations.revoke_link(link, by=request.user, on=today())
        messages.success(request, "De link werkt niet meer.")
        return after_post(request, f"{reverse('workspace:desk')}#links")
    return render(request, "workspace/revoke_link.html", {"link": link, "nav": "tasks"})


@public
def shared_desk(request: Request, token: str) -> HttpResponse:
    """GET /meekijken/<token>/: members look along. A link that ended looks like one that never was."""
    link = queries.working_link(operations.hash_of(token))
    if link is None:
        raise Http404
    operations.count_view(link)
    notes = list(queries.notes_of(link.party)) if link.has_notes else []
    context = {"link": link, "party": link.party, "summary": summary(link.party, notes=notes)}
    response = render(request, "workspace/shared_desk.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"  # the address is a secret
    response["Cache-Control"] = "no-store"
    return response
