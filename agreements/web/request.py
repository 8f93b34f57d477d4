"""The request as our views receive it, for type hints."""

from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """A request after all middleware. `htmx` says whether htmx asked, and for which element."""

    htmx: HtmxDetails
    user: Any  # accounts.User or AnonymousUser; this package knows no slices
