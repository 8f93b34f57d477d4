"""Asking back and answering, in the browser."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agreements.access.declare import members_only
from agreements.progress import operations, permissions, queries
from agreements.progress.forms import AnswerForm, ReturnForm
from agreements.web.dates import today
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, form_page
from agreements.web.parked import typed_before
from agreements.web.request import Request, posted


@members_only
def return_progress(request: Request, pk: int) -> HttpResponse:
    """GET and POST /voortgang/<pk>/terugvragen/: a question of the municipality about an update."""
    update = get_object_or_404(queries.readable_updates(request.user), pk=pk)
    permissions.return_progress(update, by=request.user)
    form = ReturnForm(posted(request), initial=typed_before(request))
    if form.is_valid():
        given = {**form.cleaned_data, "by": request.user, "on": today()}
        if attempt(form, operations.return_progress, update, **given):
            messages.success(request, f"Uw vraag is verstuurd aan {update.party.name}.")
            page = reverse("public:commitment", args=[update.commitment.code])
            return after_post(request, f"{page}#verloop")
    context = {"form": form, "update": update, "nav": "tasks"}
    return form_page(request, "progress/return_progress.html", context)


@members_only
def answer_return(request: Request, pk: int) -> HttpResponse:
    """GET and POST /teruggevraagd/<pk>/: the question, and an answer in words or with a better update."""
    returned = get_object_or_404(queries.returns(request.user), pk=pk)
    permissions.answer_return(returned, by=request.user)
    form = AnswerForm(posted(request), initial=typed_before(request))
    if form.is_valid():
        given = {**form.cleaned_data, "by": request.user, "on": today()}
        if attempt(form, operations.answer_return, returned, **given):
            messages.success(request, "Uw antwoord is verstuurd.")
            page = reverse("public:commitment", args=[returned.update.commitment.code])
            return after_post(request, f"{page}#verloop")
    context = {"form": form, "returned": returned, "update": returned.update, "nav": "tasks"}
    context["can_correct"] = returned.update.round.is_open_on(today())
    return form_page(request, "progress/answer_return.html", context)
