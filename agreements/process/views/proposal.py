"""Proposals in the browser: the list, one proposal, and what its own party does with it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from agreements.access.declare import members_only, public
from agreements.access.refusals import allows
from agreements.agreement.queries import year_slices
from agreements.history.queries import timeline
from agreements.process import operations, permissions, queries
from agreements.process.forms import NewProposalForm, ProposalFilter, ProposalForm
from agreements.process.models import Proposal
from agreements.web.dates import today
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, form_page, page_or_part
from agreements.web.parked import typed_before
from agreements.web.request import Request, posted


@public
def proposals(request: Request, year: int) -> HttpResponse:
    """GET /jaarschijven/<year>/voorstellen/: by party, with filters; only the results for htmx."""
    year_slice = get_object_or_404(queries.readable_years(request.user), year=year)
    rows = list(queries.proposals(request.user).filter(year_slice=year_slice))
    chosen = ProposalFilter(request.GET)
    shown = chosen.narrow(rows)
    groups = queries.proposals_by_party(rows, shown)
    context = {
        "slice": year_slice,
        "chosen": chosen,
        "total": len(rows),
        "found": len(shown),
        "groups": groups,
        "counts": queries.counts_by_state(rows),
        "may_propose": allows(permissions.make_proposal, year_slice, by=request.user),
        "nav": "year_slices",
    }
    return page_or_part(request, "process/proposals.html", context, part="resultaten")


@public
def proposal(request: Request, year: int, number: int) -> HttpResponse:
    """GET /jaarschijven/<year>/voorstellen/<number>/: what is proposed, and what became of it."""
    found = find_proposal(request, year, number)
    context = {
        "proposal": found,
        "timeline": timeline(found),
        "may_edit": allows(permissions.edit_proposal, found, by=request.user),
        "may_decide": allows(permissions.take_up_proposal, found, by=request.user),
        "nav": "year_slices",
    }
    return render(request, "process/proposal.html", context)


@members_only
def make_proposal(request: Request, year: int) -> HttpResponse:
    """GET and POST /jaarschijven/<year>/voorstellen/nieuw/: 422 for wrong answers."""
    year_slice = get_object_or_404(year_slices(), year=year)
    permissions.make_proposal(year_slice, by=request.user)
    parties = permissions.proposers(year_slice, by=request.user)
    form = NewProposalForm(
        posted(request), initial=typed_before(request), year_slice=year_slice, parties=parties
    )
    if form.is_valid():
        given = {"by": request.user, "on": today(), **form.new()}
        made = attempt(form, operations.make_proposal, year_slice, **given)
        if made:
            messages.success(request, f"Voorstel {made.number} is ingediend. De gemeente geeft antwoord.")
            return after_post(request, address_of(made))
    context = {"slice": year_slice, "form": form, "parties": parties, "nav": "year_slices"}
    return form_page(request, "process/make_proposal.html", context)


@members_only
def edit_proposal(request: Request, year: int, number: int) -> HttpResponse:
    """GET and POST .../voorstellen/<number>/bewerken/: 422 for wrong answers, 409 when somebody was first."""
    proposal = find_proposal(request, year, number)
    sent = posted(request)
    permissions.write_proposal(proposal, by=request.user)
    if is_current(sent, proposal):
        permissions.edit_proposal(proposal, by=request.user)
    form = ProposalForm(sent, initial=typed_before(request), proposal=proposal)
    if form.is_valid():
        given = {"version": form.cleaned_data["version"], "changes": form.values()}
        if attempt(form, operations.edit_proposal, proposal, by=request.user, on=today(), **given):
            messages.success(request, f"Voorstel {number} is bewaard.")
            return after_post(request, address_of(proposal))
    if form.has_conflict:
        proposal = find_proposal(request, year, number)
    differences = form.differences(proposal) if form.has_conflict else []
    context = {"proposal": proposal, "form": form, "differences": differences}
    context["nav"] = "year_slices"
    return form_page(request, "process/edit_proposal.html", context)


@members_only
def withdraw_proposal(request: Request, year: int, number: int) -> HttpResponse:
    """GET asks for confirmation, POST .../voorstellen/<number>/intrekken/ takes the proposal back."""
    proposal = find_proposal(request, year, number)
    permissions.withdraw_proposal(proposal, by=request.user)
    if request.method == "POST":
        operations.withdraw_proposal(proposal, by=request.user, on=today())
        messages.success(request, f"Voorstel {number} is ingetrokken.")
        return after_post(request, address_of(proposal))
    return render(request, "process/withdraw_proposal.html", {"proposal": proposal, "nav": "year_slices"})


def find_proposal(request: Request, year: int, number: int) -> Proposal:
    """The proposal with this number; 404 for who may not read it."""
    return get_object_or_404(queries.proposals(request.user), year_slice__year=year, number=number)


def address_of(proposal: Proposal) -> str:
    """Where the page of a proposal is."""
    return reverse("process:proposal", args=[proposal.year_slice.year, proposal.number])


def is_current(sent: dict[str, str] | None, proposal: Proposal) -> bool:
    """Whether the form was filled from the newest version; an older one gets a 409 with both, not a refusal."""
    return sent is None or sent.get("version") == str(proposal.version)
