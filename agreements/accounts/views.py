"""The page about your own account. Logging in itself is done by the views of django-allauth."""

from django.http import HttpResponse
from django.shortcuts import render

from agreements.access.declare import members_only
from agreements.accounts.queries import ways_in
from agreements.web.dates import today
from agreements.web.request import Request


@members_only
def account(request: Request) -> HttpResponse:
    """Who you are here, for whom you act, and the ways to log in."""
    memberships = request.user.memberships.on(today()).select_related("party")
    return render(
        request, "account/account.html", {"memberships": memberships, "ways_in": ways_in(request.user)}
    )
