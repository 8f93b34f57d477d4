"""The letter as a file for a text program: real headings, a real table, and a language, so that it is readable for all."""

import io

from docx import Document as DocxDocument
from docx.oxml.ns import qn
from docx.shared import Pt
from odfdo import Document as OdtDocument
from odfdo import Header, Paragraph, Style, Table

from agreements.reports.letter.text import Letter

COLUMNS = ("Nummer", "Afspraak", "Wie voert het uit", "Status")
KIND = "Raadsinformatiebrief"
AFTER = "Consequenties"  # the table stands at the end of this part


def as_docx(letter: Letter) -> bytes:
    """For Word."""
    document = DocxDocument()
    document.core_properties.title, document.core_properties.language = letter.subject, "nl-NL"
    document.core_properties.author = letter.sender
    font = document.styles["Normal"].font
    font.name, font.size = "Calibri", Pt(11)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "nl-NL")
    document.add_heading(KIND, level=0)
    document.add_heading("Onderwerp", level=1)
    document.add_paragraph(letter.subject)
    for heading, paragraphs in letter.parts:
        document.add_heading(heading, level=1)
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
        if heading == AFTER and letter.rows:
            _docx_table(document, letter)
    document.add_paragraph(f"{letter.sender},")
    document.add_heading("Bijlagen", level=1)
    for name in letter.attachments:
        document.add_paragraph(name, style="List Bullet")
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def _docx_table(document: object, letter: Letter) -> None:
    table = document.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")  # type: ignore[attr-defined]
    for cell, name in zip(table.rows[0].cells, COLUMNS, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    _repeat_heading(table.rows[0])
    for row in letter.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _repeat_heading(row: object) -> None:
    """Marks the first row as the heading of the table, also for screen readers."""
    properties = row._tr.get_or_add_trPr()  # type: ignore[attr-defined]
    mark = properties.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"})
    properties.append(mark)


def as_odt(letter: Letter) -> bytes:
    """For LibreOffice."""
    document = OdtDocument("text")
    document.meta.title, document.meta.creator = letter.subject, letter.sender
    document.set_language("nl-NL")
    bold = Style("paragraph", name="Kop van tabel", bold=True, area="text")
    document.insert_style(bold)
    body = document.body
    body.clear()
    body.append(Header(1, KIND))
    body.append(Header(2, "Onderwerp"))
    body.append(Paragraph(letter.subject))
    for heading, paragraphs in letter.parts:
        body.append(Header(2, heading))
        for paragraph in paragraphs:
            body.append(Paragraph(paragraph))
        if heading == AFTER and letter.rows:
            body.append(_odt_table(letter))
    body.append(Paragraph(f"{letter.sender},"))
    body.append(Header(2, "Bijlagen"))
    for name in letter.attachments:
        body.append(Paragraph(name))
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def _odt_table(letter: Letter) -> Table:
    table = Table("Aandacht", width=len(COLUMNS), height=len(letter.rows) + 1)
    for place, row in enumerate([COLUMNS, *letter.rows]):
        for column, text in enumerate(row):
            cell = table.get_cell((column, place))
            cell.append(Paragraph(text, style="Kop van tabel" if place == 0 else None))
            table.set_cell((column, place), cell)
    return table
