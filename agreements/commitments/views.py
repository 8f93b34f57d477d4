"""Writing drafts in the browser."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agreements.access.declare import members_only
from agreements.agreement.queries import year_slices
from agreements.commitments import operations, permissions, smart
from agreements.commitments.conflict import Disagreements, resolve
from agreements.commitments.forms import CommitmentForm, DraftForm
from agreements.commitments.queries import visible_to
from agreements.web.dates import today
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, page_or_part
from agreements.web.parked import unpark
from agreements.web.request import Request, posted


@members_only
def draft_commitment(request: Request, year: int) -> HttpResponse:
    """GET and POST /jaarschijven/<year>/nieuwe-afspraak/: 422 for wrong answers."""
    year_slice = get_object_or_404(year_slices(), year=year)
    permissions.draft_commitment(year_slice, by=request.user)
    sent, parked = posted(request), unpark(request)
    form = DraftForm(sent, initial=parked.dict() if parked else None, year_slice=year_slice)
    if form.is_valid() and not form.is_check:
        made = attempt(
            form, operations.draft_commitment, year_slice, by=request.user, on=today(), **form.draft()
        )
        if made:
            messages.success(request, f"Afspraak {made.code} staat in het concept.")
            return after_post(request, reverse("public:commitment", args=[made.code]))
    hints = smart.hints(form.values(), year=year) if form.is_bound else None
    context = {"slice": year_slice, "form": form, "hints": hints, "nav": "year_slices"}
    return page_or_part(
        request,
        "commitments/draft_commitment.html",
        context,
        part="formulier",
        status=422 if form.errors else 200,
    )


@members_only
def edit_commitment(request: Request, code: str) -> HttpResponse:
    """GET and POST /afspraken/<code>/bewerken/: 422 for wrong answers, 409 when somebody else saved first."""
    commitment = get_object_or_404(visible_to(request.user), code=code)
    permissions.edit_commitment(commitment, by=request.user)
    sent, parked = posted(request), unpark(request)
    form = CommitmentForm(
        resolve(sent, commitment) if sent is not None else None,
        initial=parked.dict() if parked else None,
        commitment=commitment,
    )
    if form.is_valid() and not form.is_check:
        given = {
            "version": form.cleaned_data["version"],
            "changes": form.changes(),
            "why": form.cleaned_data["why"],
        }
        if attempt(form, operations.edit_commitment, commitment, by=request.user, on=today(), **given):
            messages.success(request, f"Afspraak {code} is bewaard.")
            return after_post(request, reverse("public:commitment", args=[code]))
    conflict = Disagreements(commitment, form) if form.has_error("__all__", "conflict") else None
    status = 409 if conflict else 422 if form.errors else 200
    hints = smart.hints(form.values(), year=commitment.year_slice.year)
    context = {"commitment": commitment, "form": form, "conflict": conflict, "hints": hints}
    context["nav"] = "commitments"
    return page_or_part(request, "commitments/edit_commitment.html", context, part="formulier", status=status)
