"""From a frozen snapshot to a PDF. Reads nothing but the snapshot, so the report can be rebuilt years later."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from agreements.commitments.models import Status
from agreements.pdf.render import Attachment, RenderedPdf, render_pdf
from agreements.reports.snapshot import canonical

STYLE = settings.BASE_DIR / "static" / "pa"


def render(snapshot: dict[str, Any], *, on_progress: Callable[[int], None]) -> RenderedPdf:
    """The unsealed PDF of a snapshot, with the data inside it; RenderFailed when it cannot be made."""
    created = datetime.combine(date.fromisoformat(snapshot["report"]["created_on"]), time(), timezone.get_default_timezone())
    return render_pdf(
        html(snapshot),
        assets=assets(),
        document_id=snapshot["report"]["number"],
        attachments=attachments(snapshot),
        created=created,
        on_progress=on_progress,
    )


def html(snapshot: dict[str, Any]) -> str:
    """The report as one HTML document."""
    rows = snapshot["commitments"]
    themes = [{**t, "commitments": [row for row in rows if row["theme"] == t["code"]]} for t in snapshot["themes"]]
    context = {
        **snapshot,
        "themes": [theme for theme in themes if theme["commitments"]],
        "total": len(rows),
        "good": snapshot["counts"][Status.ACHIEVED] + snapshot["counts"][Status.ON_TRACK],
        "not_delivered": [row for row in rows if row["status"] == Status.NO_DATA],
        "declined": [answer for answer in snapshot["signatories"] if answer["outcome"] == "declined"],
    }
    return render_to_string("reports/pdf/report.html", context)


def assets() -> dict[str, bytes | Path]:
    """All the document may load: its stylesheet and drawings."""
    files = [STYLE / "rapport.css", STYLE / "raadhuis.svg", *sorted((STYLE / "status").glob("*.svg"))]
    return {str(path.relative_to(STYLE)): path for path in files}


def attachments(snapshot: dict[str, Any]) -> list[Attachment]:
    """The data of the report, for people who want to calculate with it."""
    text, _ = canonical(snapshot)
    return [
        Attachment("rapportage.json", text.encode(), "Alle gegevens van deze rapportage", "Data"),
        Attachment("afspraken.csv", _table(snapshot), "De afspraken als tabel", "Alternative"),
        Attachment("uitleg-kolommen.csv", _dictionary(), "Wat de kolommen van afspraken.csv betekenen", "Supplement"),
    ]


COLUMNS = {
    "nummer": "Nummer van de afspraak",
    "titel": "Titel in gewone taal",
    "uitvoerder": "Partij die de afspraak uitvoert",
    "status": "Stand volgens de uitvoerder",
    "waarde": "Laatste cijfer, in de eenheid van de indicator",
    "doel": "Afgesproken waarde, in de eenheid van de indicator",
    "eenheid": "Eenheid van waarde en doel",
    "peildatum": "Dag waarop de waarde is gemeten",
    "herkomst": "sourced: uit een openbare bron; own: van de partijen; example: verzonnen voorbeeld",
}


def _table(snapshot: dict[str, Any]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(COLUMNS)
    for row in snapshot["commitments"]:
        last = row["updates"][-1] if row["updates"] else {}
        target = row["target"] or {}
        cells = [row["code"], row["title"], row["lead"], Status(row["status"]).label, last.get("value")]
        cells += [target.get("value"), target.get("unit"), last.get("as_of"), row["provenance"]]
        writer.writerow([_harmless(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def _dictionary() -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["kolom", "betekenis"])
    writer.writerows(COLUMNS.items())
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: Any) -> str:
    """A cell that a spreadsheet cannot take for a formula (OWASP ASVS 1.2.10)."""
    text = "" if cell is None else str(cell)
    return "'" + text if text[:1] in ("=", "+", "@", "\t", "\r") or (text[:1] == "-" and not _is_number(text)) else text


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()


