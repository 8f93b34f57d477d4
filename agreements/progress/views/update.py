"""Reporting progress in the browser."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from agreements.access.declare import members_only
from agreements.commitments.models import Commitment
from agreements.commitments.queries import visible_to
from agreements.progress import operations, permissions, queries
from agreements.progress.evidence import EvidenceInForm
from agreements.progress.forms import ProgressForm
from agreements.progress.models import ProgressUpdate
from agreements.web.dates import today
from agreements.web.forms import attempt
from agreements.web.htmx import page_or_part
from agreements.web.parked import unpark
from agreements.web.request import Request, posted

TEMPLATE = "progress/submit_progress.html"


@members_only
def submit_progress(request: Request, code: str) -> HttpResponse:
    """GET and POST /afspraken/<code>/voortgang/: the form, its errors (422), and what was sent."""
    commitment = get_object_or_404(visible_to(request.user), code=code)
    permissions.submit_progress(commitment, by=request.user)
    round_ = queries.round_to_report_in(commitment, today())
    sent = posted(request)
    typed = sent if sent is not None else unpark(request)
    evidence = EvidenceInForm(typed, request.FILES, by=request.user, party=commitment.lead)
    form = ProgressForm(
        None if evidence.is_removal else sent,
        initial=typed.dict() if typed else None,
        commitment=commitment,
        round=round_,
        newest=queries.newest_update(commitment),
    )
    evidence.put_errors_on(form)
    if form.is_valid():
        given = {"round": round_, "claim": form.claim(), "evidence": evidence.files, "on": today()}
        given |= {"key": form.cleaned_data["key"], "seen": form.cleaned_data["seen"]}
        update = attempt(form, operations.submit_progress, commitment, by=request.user, **given)
        if update:
            return _sent(request, commitment, update)
    context = {"commitment": commitment, "round": round_, "form": form, "evidence": evidence, "nav": "tasks"}
    return page_or_part(request, TEMPLATE, context, part="formulier", status=422 if form.errors else 200)


def _sent(request: Request, commitment: Commitment, update: ProgressUpdate) -> HttpResponse:
    """With htmx the confirmation in place of the form; without, the page of the commitment."""
    if request.htmx:
        context = {"commitment": commitment, "update": update}
        return page_or_part(request, TEMPLATE, context, part="formulier")
    messages.success(request, "Uw voortgang is verstuurd. U ziet hem hieronder bij Verloop.")
    return redirect("public:commitment", commitment.code)
