"""The data inside the PDF, for people who want to calculate with it."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from agreements.commitments.models import Status, Target
from agreements.pdf.render import Attachment
from agreements.reports.snapshot import canonical
from agreements.reports.together import total_of

COLUMNS = {
    "nummer": "Nummer van de afspraak",
    "titel": "Titel in gewone taal",
    "uitvoerder": "Partij die de afspraak uitvoert",
    "status": "Hoe het gaat volgens de uitvoerder; Geen gegevens: er is niets doorgegeven",
    "waarde": "Laatste cijfer, in de eenheid van de indicator",
    "teller": "Teller, als het cijfer een verhouding is",
    "noemer": "Noemer, als het cijfer een verhouding is",
    "ongewijzigd": "ja: overgenomen van de ronde ervoor",
    "doel": "Afgesproken waarde, in de eenheid van de indicator",
    "richting": "minstens, hoogstens, precies, of gedaan of niet",
    "eenheid": "Eenheid van waarde en doel",
    "peildatum": "Dag waarop de waarde gold",
    "zekerheid": "Of de waarde voorlopig, definitief of geschat is",
    "bewijs": "Openbaar bewijs bij de waarde: namen van bestanden en adressen van websites",
    "herkomst": "sourced: uit een openbare bron; own: van de partijen; example: verzonnen voorbeeld",
    "deel_van": "Nummer van de gezamenlijke afspraak waarvan dit een deel is; tel een deel daar niet bij op",
}
SCHEMA_FILE = Path(__file__).parent / "rapportage.schema.json"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def attachments(snapshot: dict[str, Any]) -> list[Attachment]:
    """The snapshot itself as JSON, its commitments as a table, and what the columns of that table mean."""
    text, _ = canonical(snapshot)
    return [
        Attachment("rapportage.json", text.encode(), "Alle gegevens van deze rapportage", "Data"),
        Attachment("afspraken.csv", table(snapshot), "De afspraken als tabel", "Alternative"),
        Attachment("uitleg-kolommen.csv", _explanation(), "Wat de kolommen van afspraken.csv betekenen"),
        Attachment("rapportage.schema.json", SCHEMA_FILE.read_bytes(), "Hoe rapportage.json in elkaar zit"),
    ]


def table(snapshot: dict[str, Any]) -> bytes:
    """The commitments as CSV."""
    return _csv([COLUMNS, *(commitment_cells(row) for row in snapshot["commitments"])])


def commitment_cells(row: dict[str, Any]) -> list[Any]:
    """One row of the table, in the order of COLUMNS."""
    measured = [update for update in row["updates"] if update["value"] is not None]
    last, target = measured[-1] if measured else {}, row["target"] or {}
    value = total_of(row) if row.get("together") else last.get("value")
    cells = [row["code"], row["title"], row["lead"], Status(row["status"]).label, value, *parts_cells(last)]
    cells += [target.get("value"), target and Target.Direction(target["direction"]).label, target.get("unit")]
    cells += [last.get("as_of"), last.get("certainty"), evidence_cell(last), row["provenance"]]
    return [*cells, row.get("part_of")]


def parts_cells(update: dict[str, Any]) -> list[Any]:
    """The two parts of a value where it is a ratio, and "ja" when it was taken over unchanged.

    Reports of before progress told more do not have these.
    """
    parts = [update.get(name) for name in ("numerator", "denominator")]
    return [*parts, "ja" if update.get("is_unchanged") else ""]


def evidence_cell(update: dict[str, Any]) -> str:
    """The public evidence of an update in one cell: "rapport.pdf; https://..."."""
    return "; ".join([*(piece["name"] for piece in update.get("evidence", [])), *update.get("links", [])])


def _explanation() -> bytes:
    return _csv([("kolom", "betekenis"), *COLUMNS.items()])


def _csv(rows: Iterable[Iterable[Any]]) -> bytes:
    # With a byte order mark and semicolons a Dutch Excel opens it in columns.
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: Any) -> str:
    """A cell that a spreadsheet cannot take for a formula (OWASP ASVS 1.2.10)."""
    text = str(cell or "")
    return "'" + text if text.startswith(FORMULA) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdigit()
