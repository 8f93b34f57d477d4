"""Writing drafts in the browser."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agreements.access.declare import members_only
from agreements.agreement.queries import year_slices
from agreements.commitments import operations, permissions, queries, smart
from agreements.commitments.forms import (
    CommitmentForm,
    CopyForm,
    Disagreements,
    DraftForm,
    MoveForm,
    WithdrawForm,
    resolve,
)
from agreements.commitments.queries import visible_to
from agreements.web.dates import today
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, form_page
from agreements.web.parked import typed_before
from agreements.web.request import Request, posted


@members_only
def draft_commitment(request: Request, year: int) -> HttpResponse:
    """GET and POST /jaarschijven/<year>/nieuwe-afspraak/: 422 for wrong answers."""
    year_slice = get_object_or_404(year_slices(), year=year)
    permissions.draft_commitment(year_slice, by=request.user)
    # A link may give the first answers: ?title=...&theme=...
    start = typed_before(request) or request.GET.dict()
    form = DraftForm(posted(request), initial=start, year_slice=year_slice)
    if form.is_valid() and not form.is_check:
        made = attempt(
            form, operations.draft_commitment, year_slice, by=request.user, on=today(), **form.draft()
        )
        if made:
            messages.success(request, f"Afspraak {made.code} staat in het concept.")
            return after_post(request, reverse("public:commitment", args=[made.code]))
    hints = smart.hints(form.values(), year=year) if form.is_bound else None
    context = {"slice": year_slice, "form": form, "hints": hints, "nav": "year_slices"}
    return form_page(request, "commitments/draft_commitment.html", context)


@members_only
def edit_commitment(request: Request, code: str) -> HttpResponse:
    """GET and POST /afspraken/<code>/bewerken/: 422 for wrong answers, 409 when somebody else saved first."""
    commitment = get_object_or_404(visible_to(request.user), code=code)
    permissions.edit_commitment(commitment, by=request.user)
    sent = posted(request)
    form = CommitmentForm(
        resolve(sent, commitment) if sent is not None else None,
        initial=typed_before(request),
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
    conflict = Disagreements(commitment, form) if form.has_conflict else None
    hints = smart.hints(form.values(), year=commitment.year_slice.year)
    context = {"commitment": commitment, "form": form, "conflict": conflict, "hints": hints}
    context["nav"] = "commitments"
    return form_page(request, "commitments/edit_commitment.html", context)


@members_only
def withdraw_commitment(request: Request, code: str) -> HttpResponse:
    """GET asks why, POST /afspraken/<code>/intrekken/ takes a draft back."""
    commitment = get_object_or_404(visible_to(request.user), code=code)
    permissions.withdraw_commitment(commitment, by=request.user)
    form = WithdrawForm(posted(request))
    if form.is_valid():
        operations.withdraw_commitment(commitment, by=request.user, on=today(), **form.cleaned_data)
        messages.success(request, f"Afspraak {code} is ingetrokken.")
        return after_post(request, reverse("public:commitment", args=[code]))
    waiting = commitment.dependents.filter(withdrawn_on__isnull=True)
    context = {"commitment": commitment, "form": form, "waiting": waiting, "nav": "commitments"}
    return form_page(request, "commitments/withdraw_commitment.html", context)


@members_only
def copy_commitments(request: Request, year: int) -> HttpResponse:
    """GET and POST /jaarschijven/<year>/overnemen/: commitments of the year before that go on."""
    year_slice = get_object_or_404(year_slices(), year=year)
    permissions.copy_commitments(year_slice, by=request.user)
    originals = queries.of_year_before(year_slice, request.user)
    # From the page that prepares a year: what is not finished is ticked already.
    wanted = (
        queries.unfinished_before(year, request.user) if request.GET.get("kies") == "niet-klaar" else None
    )
    form = CopyForm(posted(request), originals=originals, year_slice=year_slice, ticked=wanted)
    if form.is_valid():
        chosen = form.cleaned_data["commitments"]
        made = attempt(
            form, operations.copy_commitments, year_slice, by=request.user, on=today(), commitments=chosen
        )
        if made is not None:
            messages.success(request, f"Overgenomen: {len(made)}. Wat er al stond, is niet dubbel gemaakt.")
            return after_post(request, reverse("public:year_slice", args=[year]))
    context = {"slice": year_slice, "before": year - 1, "form": form, "nav": "year_slices"}
    return form_page(request, "commitments/copy_commitments.html", context)


@members_only
def move_commitment(request: Request, year: int) -> HttpResponse:
    """GET and POST /jaarschijven/<year>/volgorde/: one commitment a step up or down."""
    year_slice = get_object_or_404(year_slices(), year=year)
    permissions.move_commitment(year_slice, by=request.user)
    form = MoveForm(posted(request), year_slice=year_slice)
    if form.is_valid():
        commitment, up = form.cleaned_data["code"], form.cleaned_data["direction"] == "omhoog"
        operations.move_commitment(commitment, by=request.user, on=today(), up=up)
        address = reverse("commitments:move_commitment", args=[year])
        return after_post(request, f"{address}#a-{commitment.code}")
    rows = year_slice.commitments.whole().with_everything()
    context = {"slice": year_slice, "commitments": rows, "form": form, "nav": "year_slices"}
    return form_page(request, "commitments/move_commitment.html", context)
