"""The signature of an alderman on a report, in the browser."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from agreements.access.declare import members_only
from agreements.accounts.second_factor import fresh_proof, prove_again, proving_address
from agreements.reports import operations, permissions, queries
from agreements.reports.forms import SignatureForm
from agreements.web.dates import today
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, form_page
from agreements.web.parked import typed_before
from agreements.web.request import Request, posted


@members_only
def ask_signature(request: Request, number: str) -> HttpResponse:
    """GET asks for confirmation, POST /rapportages/<number>/handtekening-vragen/ makes the draft again with a place to sign."""
    found = get_object_or_404(queries.visible_to(request.user), number=number)
    permissions.ask_signature(found, by=request.user)
    if request.method == "POST":
        operations.ask_signature(found, by=request.user, on=today())
        messages.success(request, "De wethouder kan tekenen zodra het concept opnieuw is gemaakt.")
        return after_post(request, reverse("reports:report", args=[number]))
    return render(request, "reports/ask_signature.html", {"nav": "reports", "report": found})


@members_only
@require_POST
def drop_signature(request: Request, number: str) -> HttpResponse:
    """POST /rapportages/<number>/zonder-handtekening/: the draft is made again without a place to sign."""
    found = get_object_or_404(queries.visible_to(request.user), number=number)
    operations.drop_signature(found, by=request.user, on=today())
    messages.success(request, "Er wordt geen handtekening meer gevraagd. Het concept wordt opnieuw gemaakt.")
    return after_post(request, reverse("reports:report", args=[number]))


@members_only
def sign_report(request: Request, number: str) -> HttpResponse:
    """GET and POST /rapportages/<number>/tekenen/: sign for the municipality, and publish."""
    found = get_object_or_404(queries.visible_to(request.user), number=number)
    mandate = permissions.sign_report(found, by=request.user)
    proof = fresh_proof(request)
    if request.method == "POST" and proof is None:
        return prove_again(request)
    form = SignatureForm(posted(request), initial=typed_before(request), mandate=mandate)
    if form.is_valid():
        assert proof is not None
        if attempt(form, operations.sign_report, found, by=request.user, on=today(), proof=proof):
            messages.success(request, f"U heeft rapportage {number} getekend. Zij is nu gepubliceerd.")
            return after_post(request, reverse("reports:report", args=[number]))
    context = {
        "nav": "tasks",
        "report": found,
        "form": form,
        "mandate": mandate,
        "proof": proof,
        "proving_address": proving_address(request.user, back_to=request.path),
    }
    return form_page(request, "reports/sign_report.html", context)
