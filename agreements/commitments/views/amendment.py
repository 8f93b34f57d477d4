"""Amending what was adopted, and comparing versions in the browser."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from agreements.access.declare import members_only, public
from agreements.commitments import operations, permissions, queries, versions
from agreements.commitments.forms import (
    AmendmentAnswerForm,
    AmendmentForm,
)
from agreements.commitments.models import Amendment
from agreements.commitments.queries import visible_to
from agreements.web.dates import today
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, form_page
from agreements.web.parked import typed_before
from agreements.web.request import Request, posted


@members_only
def propose_amendment(request: Request, code: str) -> HttpResponse:
    """GET and POST /afspraken/<code>/wijzigen/: 422 for wrong answers, 409 when another proposal is open."""
    commitment = get_object_or_404(visible_to(request.user), code=code)
    permissions.propose_amendment(commitment, by=request.user)
    form = AmendmentForm(posted(request), initial=typed_before(request), commitment=commitment)
    if form.is_valid():
        given = {"version": form.cleaned_data["version"], "reason": form.cleaned_data["reason"]}
        given |= {"changes": form.changes(), "by": request.user, "on": today()}
        if attempt(form, operations.propose_amendment, commitment, **given):
            messages.success(request, "Uw voorstel is verstuurd. De andere partijen antwoorden nu.")
            return after_post(request, f"{reverse('public:commitment', args=[code])}#wijzigingen")
    open_one = queries.amendments(request.user).filter(commitment=commitment, state=Amendment.State.OPEN)
    context = {"commitment": commitment, "form": form, "open": open_one.first(), "nav": "commitments"}
    return form_page(request, "commitments/propose_amendment.html", context)


@members_only
def answer_amendment(request: Request, pk: int) -> HttpResponse:
    """GET and POST /wijzigingen/<pk>/: what is proposed, and the answer of one party."""
    amendment = get_object_or_404(queries.amendments(request.user), pk=pk)
    permissions.answer_amendment(amendment, by=request.user)
    form = AmendmentAnswerForm(posted(request))
    if form.is_valid():
        given = {**form.cleaned_data, "by": request.user, "on": today()}
        if attempt(form, operations.answer_amendment, amendment, **given):
            messages.success(request, "Uw antwoord is bewaard.")
            page = reverse("public:commitment", args=[amendment.commitment.code])
            return after_post(request, f"{page}#wijzigingen")
    own = permissions.answer_for(amendment, by=request.user).party
    context = {"amendment": amendment, "party": own, "form": form, "nav": "tasks"}
    context |= {"differences": versions.proposed(amendment)}
    return form_page(request, "commitments/answer_amendment.html", context)


@members_only
def withdraw_amendment(request: Request, pk: int) -> HttpResponse:
    """GET asks for confirmation, POST /wijzigingen/<pk>/intrekken/ takes the proposal back."""
    amendment = get_object_or_404(queries.amendments(request.user), pk=pk)
    permissions.withdraw_amendment(amendment, by=request.user)
    if request.method == "POST":
        operations.withdraw_amendment(amendment, by=request.user, on=today())
        messages.success(request, "Uw voorstel is ingetrokken. De tekst blijft zoals hij was.")
        page = reverse("public:commitment", args=[amendment.commitment.code])
        return after_post(request, f"{page}#wijzigingen")
    context = {"amendment": amendment, "differences": versions.proposed(amendment), "nav": "commitments"}
    return render(request, "commitments/withdraw_amendment.html", context)


@public
def compare_versions(request: Request, code: str) -> HttpResponse:
    """GET /afspraken/<code>/versies/?van=1&tot=2: two versions side by side; as signed and now by default."""
    commitment = get_object_or_404(visible_to(request.user), code=code)
    readable = versions.versions_of(commitment, request.user)
    pair = versions.chosen_pair(readable, request.GET.get("van", ""), request.GET.get("tot", ""))
    if pair is None:
        raise Http404
    found, same = versions.differences(*pair)
    context = {"commitment": commitment, "versions": readable, "old": pair[0], "new": pair[1]}
    context |= {"differences": found, "same": same, "nav": "commitments"}
    return render(request, "commitments/compare_versions.html", context)
