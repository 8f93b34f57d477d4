"""Mijn taken in the calendar of the person."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agreements.access.declare import members_only, public
from agreements.web.htmx import after_post
from agreements.web.request import Request
from agreements.workspace import operations, queries
from agreements.workspace.feed import calendar_of

NEW_TOKEN = "calendar_token"  # noqa: S105  a key of the session, in which a new link waits to be shown once


@members_only
def calendar_feed(request: Request) -> HttpResponse:
    """GET /mijn-taken/agenda/: my tasks in my own calendar. POST makes a secret link, replaces it or switches it off."""
    if request.method == "POST":
        if request.POST.get("wat") == "uitzetten":
            operations.revoke_feed(request.user)
            messages.success(request, "De link werkt niet meer.")
        else:
            request.session[NEW_TOKEN] = operations.renew_feed(request.user)
        return after_post(request, reverse("workspace:calendar_feed"))
    token = request.session.pop(NEW_TOKEN, "")
    link = settings.PUBLIC_URL + reverse("workspace:read_feed", args=[token]) if token else ""
    context = {"nav": "tasks", "feed": queries.feed_of(request.user), "link": link}
    return render(request, "workspace/calendar_feed.html", context)


@public
@require_safe
def read_feed(request: Request, token: str) -> HttpResponse:
    """GET /agenda-feed/<token>.ics: the tasks of whom the link belongs to. The token is the proof; nobody logs in."""
    user = queries.owner_of(token)
    if user is None:
        raise Http404
    answer = HttpResponse(
        calendar_of(queries.tasks_of(user), now=timezone.now()), "text/calendar; charset=utf-8"
    )
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
