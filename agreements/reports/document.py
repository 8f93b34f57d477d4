"""From a frozen snapshot to a PDF. Reads nothing but the snapshot, so the report can be rebuilt years later."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from agreements.pdf.render import RenderedPdf, render_pdf
from agreements.reports.attachments import attachments
from agreements.reports.content import pages
from agreements.web.icons import STATUS_SHAPES

STYLE = settings.BASE_DIR / "static" / "pa"
SILHOUETTE = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20" viewBox="0 0 20 20">{}</svg>'


def render(snapshot: dict[str, Any], *, on_progress: Callable[[int], None]) -> RenderedPdf:
    """The unsealed PDF of a snapshot, with the data inside it; RenderFailed when it cannot be made."""
    day = date.fromisoformat(snapshot["report"]["created_on"])
    return render_pdf(
        html(snapshot),
        assets=assets(snapshot),
        document_id=snapshot["report"]["number"],
        attachments=attachments(snapshot),
        created=datetime.combine(day, time(), timezone.get_default_timezone()),
        on_progress=on_progress,
    )


def html(snapshot: dict[str, Any]) -> str:
    """The report as one HTML document."""
    return render_to_string("reports/pdf/report.html", pages(snapshot))


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
    return render_to_string("charts/burnup.svg", words | drawn).encode()
