"""Sending stored files."""

from pathlib import Path

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag


def stored_file(
    request: HttpRequest, path: Path, *, name: str, media_type: str, etag: str, is_public: bool
) -> HttpResponseBase:
    """Stream a file that never changes: its ETag is its SHA-256, and 304 follows when the browser has it.

    Always a download, never run in our origin: sandbox policy and `nosniff`.
    """
    response: HttpResponseBase | None = get_conditional_response(request, quote_etag(etag))
    if response is None:
        response = FileResponse(path.open("rb"), content_type=media_type)
    response["ETag"] = quote_etag(etag)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "public, max-age=3600" if is_public else "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
