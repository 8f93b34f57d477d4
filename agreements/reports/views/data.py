"""The data of a report as files, and the feed of what was published."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from agreements.access.declare import public
from agreements.reports import queries
from agreements.reports.attachments import SCHEMA_FILE, table
from agreements.reports.letter import as_docx, as_odt, letter
from agreements.reports.models import Report
from agreements.reports.snapshot import canonical
from agreements.reports.views.publication import stone
from agreements.reports.workbook import workbook
from agreements.web.downloads import made_file
from agreements.web.request import Request

OFFICE = "application/vnd.openxmlformats-officedocument"
MAKERS = "3"  # raise this when a maker below makes other bytes of the same snapshot
# What stands behind the number in the address: media type, and how to make it of a snapshot.
DATA: dict[str, tuple[str, Callable[[dict[str, Any]], bytes]]] = {
    "json": ("application/json", lambda snapshot: canonical(snapshot)[0].encode()),
    "csv": ("text/csv; charset=utf-8", table),
    "xlsx": (f"{OFFICE}.spreadsheetml.sheet", workbook),
    "docx": (f"{OFFICE}.wordprocessingml.document", lambda snapshot: as_docx(letter(snapshot))),
    "odt": ("application/vnd.oasis.opendocument.text", lambda snapshot: as_odt(letter(snapshot))),
}
LETTERS = ("docx", "odt")
MOST_IN_FEED = 30


@public
def download_data(request: Request, number: str, kind: str) -> HttpResponseBase:
    """GET /rapportages/<number>.json, .csv, .xlsx: the frozen data; .docx and .odt: the letter made of it."""
    found = get_object_or_404(queries.visible_to(request.user), number=number)
    if found.state == Report.State.WITHDRAWN:
        return stone(request, found)
    if kind in LETTERS and found.round is None:
        raise Http404
    media_type, make = DATA[kind]
    name = f"raadsinformatiebrief-{number}" if kind in LETTERS else number
    return made_file(
        request,
        make(queries.snapshot_of(found)),
        name=f"{name}.{kind}",
        media_type=media_type,
        etag=f"{found.snapshot_sha256[:32]}-{kind}-{MAKERS}",
        is_public=found.is_published,
    )


@public
def schema(request: Request) -> HttpResponse:
    """GET /rapportages/rapportage.schema.json: what stands where in the JSON, in Dutch."""
    return HttpResponse(SCHEMA_FILE.read_bytes(), content_type="application/schema+json")


@public
def feed(request: Request) -> HttpResponse:
    """GET /rapportages/feed.atom: what was published, newest first."""
    home = f"{settings.PUBLIC_URL}{reverse('reports:reports')}"
    atom = Atom1Feed(
        title="Rapportages over de prestatieafspraken van Hilversum",
        link=home,
        description="",
        language="nl",
        feed_url=f"{settings.PUBLIC_URL}{reverse('reports:feed')}",
    )
    for report in queries.published().defer("snapshot")[:MOST_IN_FEED]:
        page = f"{settings.PUBLIC_URL}{reverse('reports:report', args=[report.number])}"
        atom.add_item(
            title=report.title,
            link=page,
            description=f"{report.get_kind_display()}, documentnummer {report.number}",
            unique_id=page,
            pubdate=report.published_at,
            updateddate=report.published_at,
            author_name="Gemeente Hilversum",
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
