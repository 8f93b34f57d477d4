"""What the words mean, and what the portal does with people."""

from django.http import HttpResponse
from django.shortcuts import render

from agreements.access.declare import public
from agreements.commitments.models import Status
from agreements.web.request import Request


@public
def explanation(request: Request) -> HttpResponse:
    """GET /uitleg/: what the words and the statuses mean."""
    return render(request, "public/explanation.html", {"nav": "explanation", "statuses": list(Status)})


@public
def accessibility(request: Request) -> HttpResponse:
    """GET /toegankelijkheid/: what was checked and what was not."""
    return render(request, "public/accessibility.html")


@public
def privacy(request: Request) -> HttpResponse:
    """GET /privacy/: which personal data the portal keeps."""
    return render(request, "public/privacy.html")
