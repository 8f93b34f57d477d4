"""Reporting progress on one commitment in the browser."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from agreements.access.declare import members_only
from agreements.commitments.models import Commitment
from agreements.commitments.queries import visible_to
from agreements.progress import operations, permissions, queries
from agreements.progress.evidence import EvidenceInForm
from agreements.progress.forms import ProgressForm, differences
from agreements.progress.models import ProgressUpdate
from agreements.web.dates import today
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, page_or_part
from agreements.web.parked import unpark
from agreements.web.request import Request, posted

TEMPLATE = "progress/submit_progress.html"


@members_only
def submit_progress(request: Request, code: str) -> HttpResponse:
    """GET and POST /afspraken/<code>/voortgang/: the form, its errors (422), a colleague's concept (409), what was sent."""
    commitment = get_object_or_404(visible_to(request.user), code=code)
    permissions.save_draft(commitment, by=request.user)
    sent = posted(request)
    typed = sent if sent is not None else unpark(request)
    wanted = (sent if sent is not None else request.GET).get("ronde", "").replace("\x00", "")
    round_ = queries.round_to_report_in(commitment, today(), code=wanted, is_sent=sent is not None)
    asked = queries.asked_of(commitment, round_)
    shared = list(asked.draft.evidence.all()) if asked.draft else []
    evidence = EvidenceInForm(typed, request.FILES, by=request.user, party=commitment.lead, shared=shared)
    form = ProgressForm(
        None if evidence.is_removal else sent,
        initial=typed.dict() if typed else None,
        asked=asked,
        is_concept=sent is not None and "save" in sent,
    )
    evidence.put_errors_on(form)
    if form.is_valid() and not form.is_check:
        done = _do(request, form, evidence)
        if done is not None:
            return done
    context = {"commitment": commitment, "round": round_, "form": form, "evidence": evidence, "nav": "tasks"}
    context |= _who_was_first(form) | {"asked": asked}
    context["is_offer"] = permissions.must_be_approved(commitment.lead, by=request.user)
    status = 409 if context["conflict"] else 422 if form.errors else 200
    return page_or_part(request, TEMPLATE, context, part="formulier", status=status)


def _do(request: Request, form: ProgressForm, evidence: EvidenceInForm) -> HttpResponse | None:
    """Keep, offer or send; None when the operation refused, then the form says why."""
    commitment = form.commitment
    given: dict[str, Any] = {
        "by": request.user,
        "on": today(),
        "round": form.round,
        "evidence": evidence.files,
    }
    if form.is_concept:
        given |= {"answers": form.answers(), "version": form.kept_version()}
        if attempt(form, operations.save_draft, commitment, **given):
            messages.success(request, f"Uw concept is bewaard. Alleen {commitment.lead.name} ziet het.")
            return after_post(request, _address(form))
        return None
    given |= {"claim": form.claim(), **form.what_it_was_filled_from()}
    if permissions.must_be_approved(commitment.lead, by=request.user):
        if attempt(form, operations.offer_progress, commitment, answers=form.answers(), **given):
            messages.success(request, "Uw antwoord wacht nu op akkoord van de bestuurder. Het telt nog niet.")
            return after_post(request, reverse("workspace:tasks"))
        return None
    update = attempt(form, operations.submit_progress, commitment, **given)
    return _sent(request, commitment, update) if update else None


def _address(form: ProgressForm) -> str:
    """The form again; in a round that closed meanwhile the page of the commitment."""
    if not form.round.is_open_on(today()):
        return reverse("public:commitment", args=[form.commitment.code])
    address = reverse("progress:submit_progress", args=[form.commitment.code])
    return f"{address}?ronde={form.round.code}"


def _who_was_first(form: ProgressForm) -> dict[str, Any]:
    """For the page: the concept of a colleague beside what was typed, and the newest numbers for a second try."""
    is_conflict = form.is_bound and form.has_conflict
    if not is_conflict and not (form.is_bound and form.has_error("__all__", "overtaken")):
        return {"conflict": None}
    now = queries.asked_of(form.commitment, form.round)
    found: dict[str, Any] = {"conflict": None, "now": now}
    if is_conflict and now.draft:
        found["conflict"] = {"draft": now.draft, "differences": differences(form, now.draft)}
    return found


def _sent(request: Request, commitment: Commitment, update: ProgressUpdate) -> HttpResponse:
    """With htmx the confirmation in place of the form; without, the page of the commitment."""
    if request.htmx:
        context = {"commitment": commitment, "update": update}
        return page_or_part(request, TEMPLATE, context, part="formulier")
    messages.success(request, "Uw voortgang is verstuurd. U ziet hem hieronder bij Verloop.")
    return redirect("public:commitment", commitment.code)
