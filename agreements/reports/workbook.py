"""A snapshot as a workbook: a sheet for each table, and one that says what the columns mean. No cell is a formula."""

import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.utils.exceptions import IllegalCharacterError

from agreements.commitments.models import Status
from agreements.reports.attachments import COLUMNS, commitment_cells, evidence_cell, parts_cells

Row = dict[str, Any]
NUMBERS = {"waarde", "doel", "teller", "noemer"}
DAYS = {"peildatum", "doorgegeven", "datum", "besloten"}
COURSE = {
    "nummer": "Nummer van de afspraak",
    "ronde": "Rapportageronde",
    "status": "Hoe het gaat volgens de uitvoerder",
    "waarde": "Cijfer, in de eenheid van de indicator",
    "teller": "Teller, als het cijfer een verhouding is",
    "noemer": "Noemer, als het cijfer een verhouding is",
    "ongewijzigd": "ja: overgenomen van de ronde ervoor",
    "peildatum": "Dag waarop het cijfer gold",
    "zekerheid": "Of de waarde voorlopig, definitief of geschat is",
    "toelichting": "Toelichting van de uitvoerder",
    "maatregel": "Maatregel van de uitvoerder",
    "doorgegeven": "Dag waarop het is doorgegeven",
    "partij": "Wie het doorgaf",
    "bewijs": "Openbaar bewijs: namen van bestanden en adressen van websites",
    "herkomst": "sourced: uit een openbare bron; own: van de partijen; example: verzonnen voorbeeld",
}
AGENDA = {
    "nummer": "Nummer van het agendapunt",
    "jaren": "Voor welke jaren het is",
    "tekst": "Wat er op de agenda staat",
    "trekker": "Wie het trekt",
    "besluit": "Wat de partijen besloten",
    "besloten": "Dag van het besluit",
    "reden": "Reden van het besluit",
    "herkomst": "sourced: uit een openbare bron; own: van de partijen; example: verzonnen voorbeeld",
}
ANSWERS = {
    "partij": "Naam van de partij",
    "soort": "Soort partij",
    "antwoord": "Getekend, niet getekend, of moet nog reageren",
    "datum": "Dag van het antwoord",
    "verklaring": "Verklaring van wie niet tekende",
    "herkomst": "sourced: uit een openbare bron; own: van de partijen; example: verzonnen voorbeeld",
}


def workbook(snapshot: Row) -> bytes:
    """The .xlsx of a snapshot."""
    book = Workbook(write_only=True)
    book.properties.title = snapshot["report"]["title"]
    book.properties.creator = "Gemeente Hilversum"
    tables = (
        ("Afspraken", COLUMNS, (commitment_cells(row) for row in snapshot["commitments"])),
        ("Voortgang", COURSE, _course(snapshot)),
        ("Agenda", AGENDA, _agenda(snapshot)),
        ("Ondertekening", ANSWERS, _answers(snapshot)),
    )
    for name, columns, rows in tables:
        _add_sheet(book, name, list(columns), rows)
    meanings = [(name, *pair) for name, columns, _ in tables for pair in columns.items()]
    _add_sheet(book, "Uitleg", ["blad", "kolom", "betekenis"], meanings)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _add_sheet(book: Workbook, name: str, columns: list[str], rows: Iterable[Iterable[Any]]) -> None:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for place in range(len(columns)):
        sheet.column_dimensions[get_column_letter(place + 1)].width = 22
    head = [WriteOnlyCell(sheet, value=column) for column in columns]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    for row in rows:
        sheet.append([_cell(sheet, column, value) for column, value in zip(columns, row, strict=True)])


def _cell(sheet: Any, column: str, value: Any) -> WriteOnlyCell:
    """A number or a day where one is expected; everything else is text, also when it begins with "="."""
    if value and column in NUMBERS and (number := _number(value)) is not None:
        return WriteOnlyCell(sheet, value=number)
    if value and column in DAYS:
        cell = WriteOnlyCell(sheet, value=to_excel(date.fromisoformat(value)))
        cell.number_format = "dd-mm-yyyy"
        return cell
    try:
        cell = WriteOnlyCell(sheet, value=str(value or ""))
    except IllegalCharacterError:
        cell = WriteOnlyCell(sheet, value="".join(c if c.isprintable() else " " for c in str(value)))
    cell.data_type = "s"
    return cell


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _course(snapshot: Row) -> Iterable[list[Any]]:
    for row in snapshot["commitments"]:
        for update in row["updates"]:
            names = ("as_of", "certainty", "explanation", "measure", "submitted_on", "party")
            told = [update[name] for name in names]
            about = [row["code"], update["round"], Status(update["status"]).label]
            yield [
                *about,
                update.get("value"),
                *parts_cells(update),
                *told,
                evidence_cell(update),
                row["provenance"],
            ]


def _agenda(snapshot: Row) -> Iterable[list[Any]]:
    for item in snapshot["agenda"]:
        about = [item["code"], item["years"], item["text"], item["lead"]]
        for fate in item["fates"] or [{"fate": "Nog geen besluit", "decided_on": None, "reason": ""}]:
            yield [*about, fate["fate"], fate["decided_on"], fate["reason"], item["provenance"]]


def _answers(snapshot: Row) -> Iterable[list[Any]]:
    for answer in snapshot["signatories"]:
        yield [answer[n] for n in ("party", "kind", "label", "answered_on", "statement", "provenance")]
