"""My messages."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse

from agreements.access.declare import members_only
from agreements.access.refusals import allows
from agreements.notifications import operations, permissions, queries
from agreements.web.htmx import after_post, page_or_part
from agreements.web.request import Request

PAGE_SIZE = 25
MOST_DIGITS = 15


@members_only
def notifications(request: Request) -> HttpResponse:
    """GET /berichten/: what I was told, unread first. POST marks as read what the page showed."""
    if request.method == "POST":
        operations.mark_read(request.user, up_to=_number(request.POST.get("tot", "")))
        if not request.htmx:
            return after_post(request, reverse("notifications:notifications"))
    page = Paginator(queries.unread_first(request.user), PAGE_SIZE).get_page(request.GET.get("pagina"))
    newest = queries.notifications_of(request.user).order_by("-pk").first()
    context = {
        "nav": "notifications",
        "page_obj": page,
        "unread": queries.count_unread(request.user),
        "newest": newest.pk if newest else 0,
        "may_read_post": allows(permissions.read_post, by=request.user),
    }
    return page_or_part(request, "notifications/notifications.html", context, part="berichten")


def _number(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if is_number else 0
