"""Editing drafts in the browser."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agreements.access.declare import members_only
from agreements.commitments import operations, permissions
from agreements.commitments.forms import CommitmentForm, Disagreements, resolve
from agreements.commitments.queries import visible_to
from agreements.web.dates import today
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, page_or_part
from agreements.web.parked import unpark
from agreements.web.request import Request, posted


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
    if form.is_valid():
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
    context = {"commitment": commitment, "form": form, "conflict": conflict, "nav": "commitments"}
    return page_or_part(request, "commitments/edit_commitment.html", context, part="formulier", status=status)
