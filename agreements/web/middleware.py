"""One log line a request, and one place that answers refusals."""

import time
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import structlog
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from agreements.access.refusals import LoginNeeded, Refused
from agreements.web import errors
from agreements.web.parked import park

Answer = Callable[[HttpRequest], HttpResponse]
log = structlog.get_logger("agreements.web")
EXPIRED = "U was niet meer ingelogd. Log opnieuw in: uw tekst staat er daarna nog."
CHOOSE_AGAIN = " Kies alleen uw bestanden opnieuw."


class RequestLog:
    """Writes method, path (no query), status and milliseconds, and gives the request an id."""

    def __init__(self, answer: Answer):
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.monotonic()
        with structlog.contextvars.bound_contextvars(request=uuid.uuid4().hex[:12]):
            response = self.answer(request)
            log.info(
                "request",
                method=request.method,
                path=route_of(request),
                status=response.status_code,
                ms=round((time.monotonic() - started) * 1000),
            )
        return response


def route_of(request: HttpRequest) -> str:
    """The address in general: "account/password/reset/key/<uidb36>-<key>/". What is between <> may be a secret."""
    return request.resolver_match.route if request.resolver_match else request.path


class Refusals:
    """Turns `Refused` into the 403 page and `LoginNeeded` into the login page, keeping what was typed."""

    def __init__(self, answer: Answer):
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"  # shared tablets: Back after logout shows nothing
        return response

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        """A NUL in an address fits no row; PostgreSQL would fail on it."""
        return errors.not_found(request) if "\x00" in request.path else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return errors.forbidden(request, exception)
        if isinstance(exception, LoginNeeded):
            return self.to_login(request)
        return None

    def to_login(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            park(request)
            messages.info(request, EXPIRED + (CHOOSE_AGAIN if request.FILES else ""))
        address = f"{resolve_url('account_login')}?{urlencode({'next': request.path})}"
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": address})
        return HttpResponseRedirect(address)
