"""The register of files that left the building: published reports, and every kept state of what parties sign."""

import hashlib
from pathlib import Path

from django.db import models

from agreements.documents import store
from agreements.pdf.check import Contents
from agreements.reports import queries
from agreements.reports.models import EarlierFile, Report
from agreements.signing import queries as signing
from agreements.signing.models import Revision

TAIL = 1000  # bytes

Kept = Report | EarlierFile | Revision


def known_as(sha256: str) -> Kept | None:
    """The file with this fingerprint (hex)."""
    report = (
        queries.ever_published().filter(sha256=sha256).first() or _earlier().filter(sha256=sha256).first()
    )
    return report or signing.revisions().filter(sha256=sha256).order_by("-number").first()


def begun_by(data: bytes) -> Kept | None:
    """The longest file with which this one begins. One pass over the bytes for all of them.

    Also the states that are not public: who has all of it needs no telling.
    """
    digest, done = hashlib.sha256(), 0
    found: Kept | None = None
    shorter: list[Kept] = [
        *_reports().filter(size__lt=len(data)),
        *_earlier().filter(size__lt=len(data)),
        *signing.revisions().filter(size__lt=len(data)),
    ]
    for kept in sorted(shorter, key=_size):
        digest.update(data[done : _size(kept)])
        done = _size(kept)
        if digest.hexdigest() == kept.sha256:
            found = kept
    return found


def beginning_of(data: bytes) -> Kept | None:
    """The shortest public file of which this is the first part. Less than a kilobyte says nothing."""
    if len(data) <= TAIL:
        return None
    longer = [kept for kept in _public() if _size(kept) > len(data)]
    return next((kept for kept in sorted(longer, key=_size) if _starts_with(_path(kept), data)), None)


def named(contents: Contents) -> Kept | None:
    """The published report or round that the file says it is."""
    if not contents.identifier:
        return None
    report = queries.ever_published().filter(number=contents.identifier).first()
    return report or signing.named_revision(contents.identifier)


def ending_alike(data: bytes) -> Kept | None:
    """The public file that has the same last kilobyte: of its signature and its table, that no other file has."""
    return next((kept for kept in _public() if _tail(kept) == data[-TAIL:]), None)


def _reports() -> models.QuerySet[Report]:
    return queries.ever_published().defer("snapshot")


def _earlier() -> models.QuerySet[EarlierFile]:
    """The files of reports before their proof was renewed."""
    return EarlierFile.objects.select_related("report").defer("report__snapshot")


def _public() -> list[Kept]:
    return [*_reports(), *_earlier(), *signing.public_revisions()]


def _size(kept: Kept) -> int:
    return kept.size or 0


def _path(kept: Kept) -> Path:
    return store.path_of(kept.sha256)


def _starts_with(path: Path, data: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(TAIL) == data[:TAIL] and file.read(len(data) - TAIL) == data[TAIL:]


def _tail(kept: Kept) -> bytes:
    with _path(kept).open("rb") as file:
        file.seek(max(0, _size(kept) - TAIL))
        return file.read()
