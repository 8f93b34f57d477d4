"""Writing drafts, amending what was adopted, and comparing versions in the browser."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from agreements.access.declare import members_only, public
from agreements.access.refusals import allows
from agreements.agreement.queries import year_slices
from agreements.commitments import operations, permissions, queries, smart, versions
from agreements.commitments.forms import (
    AmendmentAnswerForm,
    AmendmentForm,
    CommitmentForm,
    CopyForm,
    Disagreements,
    DraftForm,
    IndicatorForm,
    MoveForm,
    WithdrawForm,
    resolve,
)
from agreements.commitments.models import Amendment
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
    start = parked or request.GET  # a link may give the first answers: ?title=...&theme=...
    form = DraftForm(sent, initial=start.dict(), year_slice=year_slice)
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
    return page_or_part(
        request,
        "commitments/withdraw_commitment.html",
        context,
        part="formulier",
        status=422 if form.errors else 200,
    )


@members_only
def copy_commitments(request: Request, year: int) -> HttpResponse:
    """GET and POST /jaarschijven/<year>/overnemen/: commitments of the year before that go on."""
    year_slice = get_object_or_404(year_slices(), year=year)
    permissions.copy_commitments(year_slice, by=request.user)
    originals = queries.of_year_before(year_slice, request.user)
    form = CopyForm(posted(request), originals=originals, year_slice=year_slice)
    if form.is_valid():
        chosen = form.cleaned_data["commitments"]
        made = attempt(
            form, operations.copy_commitments, year_slice, by=request.user, on=today(), commitments=chosen
        )
        if made is not None:
            messages.success(request, f"Overgenomen: {len(made)}. Wat er al stond, is niet dubbel gemaakt.")
            return after_post(request, reverse("public:year_slice", args=[year]))
    context = {"slice": year_slice, "before": year - 1, "form": form, "nav": "year_slices"}
    return page_or_part(
        request,
        "commitments/copy_commitments.html",
        context,
        part="formulier",
        status=422 if form.errors else 200,
    )


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
    rows = year_slice.commitments.with_everything()
    context = {"slice": year_slice, "commitments": rows, "form": form, "nav": "year_slices"}
    return render(request, "commitments/move_commitment.html", context, status=422 if form.errors else 200)


@public
def indicators(request: Request) -> HttpResponse:
    """GET /indicatoren/: what is counted, how, and in which commitments."""
    context = {
        "indicators": queries.indicators(request.user),
        "may_define": allows(permissions.define_indicator, by=request.user),
        "nav": "commitments",
    }
    return render(request, "commitments/indicators.html", context)


@members_only
def define_indicator(request: Request) -> HttpResponse:
    """GET and POST /indicatoren/nieuw/: add an indicator to the catalogue."""
    permissions.define_indicator(by=request.user)
    form = IndicatorForm(posted(request))
    if form.is_valid():
        made = attempt(form, operations.define_indicator, by=request.user, on=today(), **form.cleaned_data)
        if made:
            messages.success(request, f"Indicator ‘{made.name}’ staat in de lijst.")
            return after_post(request, f"{reverse('commitments:indicators')}#{made.key}")
    context = {"form": form, "nav": "commitments"}
    return page_or_part(
        request,
        "commitments/define_indicator.html",
        context,
        part="formulier",
        status=422 if form.errors else 200,
    )


# -- amendments


@members_only
def propose_amendment(request: Request, code: str) -> HttpResponse:
    """GET and POST /afspraken/<code>/wijzigen/: 422 for wrong answers, 409 when another proposal is open."""
    commitment = get_object_or_404(visible_to(request.user), code=code)
    permissions.propose_amendment(commitment, by=request.user)
    sent, parked = posted(request), unpark(request)
    form = AmendmentForm(sent, initial=parked.dict() if parked else None, commitment=commitment)
    if form.is_valid():
        given = {"version": form.cleaned_data["version"], "reason": form.cleaned_data["reason"]}
        given |= {"changes": form.changes(), "by": request.user, "on": today()}
        if attempt(form, operations.propose_amendment, commitment, **given):
            messages.success(request, "Uw voorstel is verstuurd. De andere partijen antwoorden nu.")
            return after_post(request, f"{reverse('public:commitment', args=[code])}#wijzigingen")
    open_one = queries.amendments(request.user).filter(commitment=commitment, state=Amendment.State.OPEN)
    context = {"commitment": commitment, "form": form, "open": open_one.first(), "nav": "commitments"}
    status = 409 if form.has_error("__all__", "conflict") else 422 if form.errors else 200
    return page_or_part(
        request, "commitments/propose_amendment.html", context, part="formulier", status=status
    )


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
    return page_or_part(
        request,
        "commitments/answer_amendment.html",
        context,
        part="formulier",
        status=422 if form.errors else 200,
    )


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
