"""What the municipality answers to a proposal, in the browser."""

from django.contrib import messages
from django.http import HttpResponse

from agreements.access.declare import members_only
from agreements.process import operations, permissions
from agreements.process.forms import DeclineForm, MergeForm, TakeUpForm
from agreements.process.forms.proposal import DecisionForm
from agreements.process.views.proposal import address_of, find_proposal, is_current
from agreements.web.dates import today
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, form_page
from agreements.web.parked import typed_before
from agreements.web.request import Request, posted


@members_only
def take_up_proposal(request: Request, year: int, number: int) -> HttpResponse:
    """GET and POST .../voorstellen/<number>/overnemen/: make a draft of it."""
    return _decide(request, year, number, "take_up_proposal", TakeUpForm)


@members_only
def merge_proposal(request: Request, year: int, number: int) -> HttpResponse:
    """GET and POST .../voorstellen/<number>/samenvoegen/: put it together with a draft."""
    return _decide(request, year, number, "merge_proposal", MergeForm)


@members_only
def decline_proposal(request: Request, year: int, number: int) -> HttpResponse:
    """GET and POST .../voorstellen/<number>/afwijzen/: say why not."""
    return _decide(request, year, number, "decline_proposal", DeclineForm)


def _decide(
    request: Request, year: int, number: int, verb: str, form_class: type[DecisionForm]
) -> HttpResponse:
    """The same for each verb: 422 for wrong answers, 409 when it was edited or decided meanwhile."""
    rule, operation = getattr(permissions, verb), getattr(operations, verb)
    proposal, sent = find_proposal(request, year, number), posted(request)
    permissions.decide_proposals(by=request.user)
    if is_current(sent, proposal):
        rule(proposal, by=request.user)
    form = form_class(sent, initial=typed_before(request), proposal=proposal)
    if form.is_valid():
        given = {"by": request.user, "on": today(), **form.cleaned_data}
        decided = attempt(form, operation, proposal, **given)
        if decided:
            answer = decided.get_state_display().lower()
            messages.success(request, f"Voorstel {decided.number} is beantwoord: {answer}.")
            return after_post(request, address_of(decided))
    if form.has_conflict:
        proposal = find_proposal(request, year, number)
    context = {"proposal": proposal, "form": form, "nav": "year_slices"}
    return form_page(request, f"process/{verb}.html", context)
