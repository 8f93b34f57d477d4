"""What became of mail."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from agreements.access.declare import members_only
from agreements.notifications import operations, permissions, queries
from agreements.web.dates import today
from agreements.web.htmx import after_post
from agreements.web.request import Request

PAGE_SIZE = 25


@members_only
def read_post(request: Request) -> HttpResponse:
    """GET /berichten/post/: what was refused and how long mail waits; in a demo without mail server the mail itself."""
    permissions.read_post(by=request.user)
    is_real = bool(settings.MAIL_BACKEND)
    waiting = queries.waiting_mail()
    readable = None if is_real else Paginator(waiting.reverse(), PAGE_SIZE)
    context = {
        "nav": "notifications",
        "failed": queries.failed_mail(),
        "waiting": waiting.count(),
        "oldest": waiting.first(),
        "is_real": is_real,
        "page_obj": readable and readable.get_page(request.GET.get("pagina")),
    }
    return render(request, "notifications/read_post.html", context)


@members_only
def read_mail(request: Request, pk: int) -> HttpResponse:
    """GET /berichten/post/<pk>/: the text of a mail, where nothing is really sent."""
    permissions.read_mail(by=request.user, is_real=bool(settings.MAIL_BACKEND))
    mail = get_object_or_404(queries.stored_mail(), pk=pk)
    return render(request, "notifications/read_mail.html", {"nav": "notifications", "mail": mail})


@members_only
@require_POST
def retry_mail(request: Request, pk: int) -> HttpResponse:
    """POST /berichten/post/<pk>/opnieuw/: send what was refused once more."""
    permissions.read_post(by=request.user)
    mail = get_object_or_404(queries.stored_mail(), pk=pk)
    mail = operations.retry_mail(mail, by=request.user, on=today())
    messages.success(request, f"De mail aan {mail.to} gaat opnieuw weg.")
    return after_post(request, reverse("notifications:read_post"))
