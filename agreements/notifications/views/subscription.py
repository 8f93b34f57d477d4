"""Mail about new reports without an account: asking for it, confirming, stopping."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from agreements.access.declare import public
from agreements.notifications import letters, operations
from agreements.notifications.forms import SubscriptionForm
from agreements.notifications.models import Subscription
from agreements.web.forms import attempt
from agreements.web.htmx import form_page
from agreements.web.request import Request, posted


@public
def subscribe(request: Request) -> HttpResponse:
    """GET and POST /mail-bij-rapportages/: give an address. The answer is the same whether it was known or not."""
    form, is_done = SubscriptionForm(posted(request)), False
    if form.is_valid():
        attempt(form, operations.subscribe, form.cleaned_data["email"])
        is_done = not form.errors
    context = {"nav": "reports", "form": form, "is_done": is_done}
    return form_page(request, "notifications/subscribe.html", context)


@csrf_exempt  # the signed address is the proof, and the mail program that opened it has no cookie of ours
@public
def confirm_subscription(request: Request, token: str) -> HttpResponse:
    """GET asks, POST /mail-bij-rapportages/bevestigen/<token>/ confirms: a program that opens links must not."""
    return _with_token(
        request, token, operations.confirm_subscription, "notifications/confirm_subscription.html"
    )


@csrf_exempt  # the same; and a mail program stops it with one click (RFC 8058)
@public
def end_subscription(request: Request, token: str) -> HttpResponse:
    """GET asks, POST /mail-bij-rapportages/afmelden/<token>/ forgets the address. Once more says the same."""
    return _with_token(request, token, operations.end_subscription, "notifications/end_subscription.html")


def _with_token(request: Request, token: str, do: Any, template: str) -> HttpResponse:
    found: Subscription | None = letters.read_reader_token(token)
    if found is None and not letters.is_reader_token(token):
        raise Http404
    is_done = found is None or request.method == "POST"
    if found is not None and request.method == "POST":
        do(found)
    context = {"nav": "reports", "is_done": is_done, "is_gone": found is None}
    return render(request, template, context)
