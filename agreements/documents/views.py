"""Downloading evidence."""

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from agreements.access.declare import public
from agreements.documents import queries
from agreements.documents.store import path_of
from agreements.web.downloads import stored_file
from agreements.web.request import Request


@public
def evidence(request: Request, pk: int, name: str) -> HttpResponseBase:
    """GET /bewijs/<pk>/<name>: the file, always as a download."""
    piece = get_object_or_404(queries.visible_to(request.user), pk=pk, name=name)
    return stored_file(
        request,
        path_of(piece.sha256),
        name=piece.name,
        media_type=piece.media_type,
        etag=piece.sha256,
        is_public=piece.visibility == "public" and piece.attached_on is not None,
    )
