"""Sending files that never change: stored ones, and those made from data that never changes."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
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
        response = _part(request, path, media_type, quote_etag(etag))
    return _as_download(response, name, etag, is_public=is_public)


def made_file(
    request: HttpRequest, data: bytes, *, name: str, media_type: str, etag: str, is_public: bool
) -> HttpResponseBase:
    """Send bytes made from frozen data; `etag` changes when data or maker change. Too small for parts."""
    response: HttpResponseBase | None = get_conditional_response(request, quote_etag(etag))
    return _as_download(
        response or HttpResponse(data, content_type=media_type), name, etag, is_public=is_public
    )


def _as_download(response: HttpResponseBase, name: str, etag: str, *, is_public: bool) -> HttpResponseBase:
    response["ETag"] = quote_etag(etag)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "public, max-age=3600" if is_public else "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")
CHUNK = 1 << 16


def _part(request: HttpRequest, path: Path, media_type: str, etag: str) -> HttpResponseBase:
    """The whole file, or the one range that is asked for (RFC 9110, 14): a broken download goes on."""
    size = path.stat().st_size
    asked = _range_in(request, etag, size)
    if asked is None:
        response: HttpResponseBase = FileResponse(path.open("rb"), content_type=media_type)
    elif asked[0] > asked[1]:
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        start, last = asked
        response = StreamingHttpResponse(_bytes(path, start, last), status=206, content_type=media_type)
        response["Content-Range"] = f"bytes {start}-{last}/{size}"
        response["Content-Length"] = str(last - start + 1)
    response["Accept-Ranges"] = "bytes"
    return response


def _range_in(request: HttpRequest, etag: str, size: int) -> tuple[int, int] | None:
    """(first, last) byte, first above last when there are no such bytes; None for the whole file.

    More ranges at once, other units and a range of another version than ours mean: send everything.
    """
    match = RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or not match or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = match.groups()
    if not first and not last or (first and last and int(last) < int(first)):
        return None
    if not first:  # the last so many bytes
        return (max(0, size - int(last)), size - 1) if int(last) else (1, 0)
    start = int(first)
    return (start, min(int(last or size), size - 1)) if start < size else (1, 0)


def _bytes(path: Path, start: int, last: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        left = last - start + 1
        while left > 0 and (part := file.read(min(CHUNK, left))):
            left -= len(part)
            yield part
