"""Choosing what to be mailed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from agreements.access.declare import members_only, public
from agreements.accounts.models import User
from agreements.notifications import letters, operations, queries
from agreements.notifications.forms import PreferencesForm
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, form_page
from agreements.web.parked import typed_before
from agreements.web.request import Request, posted


@members_only
def set_preferences(request: Request) -> HttpResponse:
    """GET and POST /berichten/instellingen/: of what, and how soon, I want a mail."""
    chosen = queries.preferences_of(request.user)
    form = PreferencesForm(posted(request), initial=typed_before(request), chosen=chosen)
    if form.is_valid():
        attempt(form, operations.set_preferences, request.user, form.chosen())
        if not form.errors:
            messages.success(request, "Uw keuzes zijn bewaard.")
            return after_post(request, reverse("notifications:set_preferences"))
    context = {"nav": "notifications", "form": form}
    return form_page(request, "notifications/set_preferences.html", context)


@csrf_exempt  # the signed address is the proof; a mail program posts to it without a page (RFC 8058)
@public
def unsubscribe(request: Request, token: str) -> HttpResponse:
    """GET asks for confirmation, POST /berichten/afmelden/<token>/ stops mail of these kinds; nobody has to log in."""
    said = letters.read_token(token)
    if said is None:
        raise Http404
    user = get_object_or_404(User, pk=said[0])
    if request.method == "POST":
        operations.unsubscribe(user, said[1])
    context = {"kinds": said[1], "is_done": request.method == "POST"}
    return render(request, "notifications/unsubscribe.html", context)
