"""The request as our views receive it, for type hints."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django_htmx.middleware import HtmxDetails


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form, also when that is nothing; None for a page that was only asked for."""
    return request.POST if request.method == "POST" else None


def posted_files(request: HttpRequest) -> MultiValueDict[str, UploadedFile] | None:
    """The files that were sent with a form; None for a page that was only asked for."""
    return request.FILES if request.method == "POST" else None


class Request(HttpRequest):
    """A request after all middleware. `htmx` says whether htmx asked, and for which element."""

    htmx: HtmxDetails
    user: Any  # accounts.User or AnonymousUser; this package knows no slices
