"""From a frozen snapshot to a PDF. Reads nothing but the snapshot, so the report can be rebuilt years later."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from agreements.pdf.render import RenderedPdf, RenderFailed, render_pdf
from agreements.reports.attachments import attachments
from agreements.reports.content import pages
from agreements.web.icons import STATUS_SHAPES

SIGNATURE_FIELD = "wethouder"  # in templates/reports/pdf/signature.html
STYLE = settings.BASE_DIR / "static" / "pa"
SILHOUETTE = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20" viewBox="0 0 20 20">{}</svg>'


def render(
    snapshot: dict[str, Any], *, on_progress: Callable[[int], None], has_signature: bool = False
) -> RenderedPdf:
    """The unsealed PDF of a snapshot, with the data inside it; RenderFailed when it cannot be made.

    `has_signature`: with an empty field for the signature of an alderman beside that for the seal.
    """
    day = date.fromisoformat(snapshot["report"]["created_on"])
    try:
        loaded = {
            name: file if isinstance(file, bytes) else file.read_bytes()
            for name, file in assets(snapshot).items()
        }
    except FileNotFoundError as error:
        missing = Path(error.filename).name
        raise RenderFailed(f"De pdf kon niet worden gemaakt. Het bestand {missing} ontbreekt.") from error
    return render_pdf(
        html(snapshot, has_signature=has_signature),
        assets=loaded,
        document_id=snapshot["report"]["number"],
        attachments=attachments(snapshot),
        created=datetime.combine(day, time(), timezone.get_default_timezone()),
        on_progress=on_progress,
    )


def html(snapshot: dict[str, Any], *, has_signature: bool = False) -> str:
    """The report as one HTML document."""
    return render_to_string("reports/pdf/report.html", pages(snapshot, has_signature=has_signature))


def assets(snapshot: dict[str, Any]) -> dict[str, bytes | Path]:
    """All the document may load: its stylesheet, the town hall, the silhouettes of the statuses, its charts."""
    shapes = {
        f"status/{code}.svg": SILHOUETTE.format(shape).encode() for code, shape in STATUS_SHAPES.items()
    }
    return {name: STYLE / name for name in ("rapport.css", "raadhuis.svg")} | shapes | charts(snapshot)


def charts(snapshot: dict[str, Any]) -> dict[str, bytes | Path]:
    """The chart of each commitment that has one. As files: in the page each line of it would be laid out."""
    return {row["chart_file"]: _chart(row) for row in pages(snapshot)["commitments"] if row["chart"]}


def _chart(row: dict[str, Any]) -> bytes:
    target = row["target"]
    words = {"title": target["indicator"], "unit": target["unit"], "direction": target["direction"]}
    drawn = {"chart": row["chart"], "id": row["code"], "goal": row["goal"]}
    # In a page <svg> is known; a file must say what it is.
    svg = render_to_string("charts/burnup.svg", words | drawn)
    return svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1).encode()
