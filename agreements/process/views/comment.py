"""Comments on the texts of a jaarschijf in the browser."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from agreements.access.declare import members_only, public
from agreements.access.refusals import allows
from agreements.commitments.models import Commitment
from agreements.commitments.queries import visible_to
from agreements.process import operations, permissions, queries
from agreements.process.forms import CommentAnswerForm, CommentForm
from agreements.process.models import Comment
from agreements.web.dates import today
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, form_page
from agreements.web.parked import typed_before
from agreements.web.request import Request, posted


@public
def comments(request: Request, year: int) -> HttpResponse:
    """GET /jaarschijven/<year>/opmerkingen/?stand=open: all comments on the texts, or only what is open."""
    year_slice = get_object_or_404(queries.readable_years(request.user), year=year)
    rows = list(queries.comments(request.user).filter(commitment__year_slice=year_slice))
    open_ones = [row for row in rows if row.is_open]
    only_open = request.GET.get("stand") == Comment.State.OPEN
    context = {
        "slice": year_slice,
        "total": len(rows),
        "open": len(open_ones),
        "only_open": only_open,
        "comments": open_ones if only_open else rows,
        "may_answer_comments": allows(permissions.answer_comments, year_slice, by=request.user),
        "nav": "year_slices",
    }
    return render(request, "process/comments.html", context)


@members_only
def add_comment(request: Request, code: str) -> HttpResponse:
    """GET and POST /afspraken/<code>/opmerkingen/nieuw/: 422 for wrong answers, 409 when the text changed."""
    commitment = get_object_or_404(visible_to(request.user), code=code)
    permissions.add_comment(commitment, by=request.user)
    voices, typed = permissions.voices(by=request.user), typed_before(request)
    form = CommentForm(posted(request), initial=typed, commitment=commitment, voices=voices)
    if form.is_valid():
        given = {"by": request.user, "on": today(), **form.comment()}
        made = attempt(form, operations.add_comment, commitment, **given)
        if made:
            messages.success(request, "Uw opmerking is geplaatst. De gemeente geeft antwoord.")
            return after_post(request, _address_of(commitment))
    if form.has_conflict:
        commitment = get_object_or_404(visible_to(request.user), code=code)
    context = {"commitment": commitment, "form": form, "nav": "commitments"}
    return form_page(request, "process/add_comment.html", context)


@members_only
def answer_comment(request: Request, code: str, number: int) -> HttpResponse:
    """GET and POST /afspraken/<code>/opmerkingen/<number>/: 409 when a colleague answered meanwhile."""
    comment = _find_comment(request, code, number)
    permissions.answer_comments(comment.commitment.year_slice, by=request.user)
    sent = posted(request)
    if sent is None or comment.is_open:
        permissions.answer_comment(comment, by=request.user)
    form = CommentAnswerForm(sent, initial=typed_before(request))
    if form.is_valid():
        given = {"by": request.user, "on": today(), **form.cleaned_data}
        if attempt(form, operations.answer_comment, comment, **given):
            messages.success(request, "Uw antwoord is bewaard.")
            return after_post(request, _address_of(comment.commitment))
    if form.has_conflict:
        comment = _find_comment(request, code, number)
    context = {"comment": comment, "form": form, "nav": "commitments"}
    return form_page(request, "process/answer_comment.html", context)


def _find_comment(request: Request, code: str, number: int) -> Comment:
    return get_object_or_404(queries.comments(request.user), commitment__code=code, number=number)


def _address_of(commitment: Commitment) -> str:
    return f"{reverse('public:commitment', args=[commitment.code])}#opmerkingen"
