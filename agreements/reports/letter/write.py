"""The letter as a file for a text program: real headings, a real table, and a language, so that it is readable for all."""

import io
from collections.abc import Iterator
from typing import Any

from docx import Document as DocxDocument
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from odfdo import Document as OdtDocument
from odfdo import Element, Header, List, Paragraph, Style, Table

from agreements.reports.letter.text import Block, Letter

COLUMNS = ("Nummer", "Afspraak", "Wie voert het uit", "Status")
WIDTHS = (2.5, 6.4, 4.4, 3.2)  # cm, of the columns on A4
A4, MARGIN = (21.0, 29.7), 2.25  # cm
KIND = "Raadsinformatiebrief"
# The list style of odfdo's own template leaves no room between the point and the words.
POINTS = """<text:list-style style:name="punten"><text:list-level-style-bullet text:level="1" text:bullet-char="•">
<style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment
text:label-followed-by="listtab" text:list-tab-stop-position="0.6cm" fo:text-indent="-0.6cm" fo:margin-left="0.6cm"/>
</style:list-level-properties></text:list-level-style-bullet></text:list-style>"""
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
    section = document.sections[0]
    section.page_width, section.page_height = Cm(A4[0]), Cm(A4[1])
    section.left_margin = section.right_margin = Cm(MARGIN)
    document.add_heading(KIND, level=0)
    document.add_heading("Onderwerp", level=1)
    document.add_paragraph(letter.subject)
    for heading, blocks in letter.parts:
        document.add_heading(heading, level=1)
        for block in blocks:
            _docx_block(document, block)
        if heading == AFTER and letter.rows:
            _docx_table(document, letter)
    document.add_paragraph(f"{letter.sender},")
    document.add_heading("Bijlagen", level=1)
    _docx_block(document, letter.attachments)
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def _docx_block(document: Any, block: Block) -> None:
    if isinstance(block, str):
        document.add_paragraph(block).paragraph_format.keep_with_next = block.endswith(":")
        return
    for point in block:
        document.add_paragraph(point, style="List Bullet")


def _docx_table(document: Any, letter: Letter) -> None:
    table = document.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    table.autofit = False
    for cell, name in zip(table.rows[0].cells, COLUMNS, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    _mark(table.rows[0], "w:tblHeader")  # the heading of the table, also for screen readers
    for row in letter.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for line in table.rows:
        _mark(line, "w:cantSplit")
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    document.add_paragraph()


def _mark(row: Any, name: str) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn(name), {qn("w:val"): "true"}))


def as_odt(letter: Letter) -> bytes:
    """For LibreOffice."""
    document = OdtDocument("text")
    document.meta.title, document.meta.creator = letter.subject, letter.sender
    document.set_language("nl-NL")
    for style in _odt_styles():
        document.insert_style(style, automatic=True)
    document.insert_style(POINTS, automatic=True)
    body = document.body
    body.clear()
    for element in _odt_elements(letter):
        body.append(element)
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def _odt_styles() -> Iterator[Style]:
    for name, weight, around in (
        ("alinea", "normal", "0.12cm"),
        ("cel", "normal", "0cm"),
        ("celkop", "bold", "0cm"),
    ):
        style = Style(
            "paragraph",
            name=name,
            parent_style="Standard",
            area="paragraph",
            margin_top=around,
            margin_bottom=around,
        )
        style.set_properties(
            {"style:font-name": "Liberation Sans", "fo:font-size": "11pt", "fo:font-weight": weight},
            area="text",
        )
        yield style
    heading = Style("paragraph", name="kop", parent_style="Heading_20_2", area="text")
    heading.set_properties({"fo:font-style": "normal"}, area="text")
    yield heading
    yield Style("table-cell", name="vak", area="table-cell", border="0.5pt solid #857d69", padding="0.1cm")
    row = Style("table-row", name="rij")
    row.set_properties({"fo:keep-together": "always"}, area="table-row")
    yield row
    for place, width in enumerate(WIDTHS):
        yield Style("table-column", name=f"kolom{place}", width=f"{width}cm")


def _odt_elements(letter: Letter) -> Iterator[Element]:
    yield _odt_heading(1, KIND)
    for heading, blocks in (("Onderwerp", (letter.subject,)), *letter.parts):
        yield _odt_heading(2, heading)
        yield from map(_odt_block, blocks)
        if heading == AFTER and letter.rows:
            yield _odt_table(letter)
    yield Paragraph(f"{letter.sender},", style="alinea")
    yield _odt_heading(2, "Bijlagen")
    yield _odt_block(letter.attachments)


def _odt_heading(level: int, text: str) -> Header:
    heading = Header(level, text, style="kop" if level > 1 else None)
    heading.set_attribute("text:is-list-header", "true")  # else "1.1.Onderwerp"
    return heading


def _odt_block(block: Block) -> Element:
    if isinstance(block, str):
        return Paragraph(block, style="alinea")
    return List([Paragraph(point, style="cel") for point in block], style="punten")


def _odt_table(letter: Letter) -> Table:
    table = Table("Aandacht", width=len(COLUMNS), height=len(letter.rows) + 1)
    for place, row in enumerate([COLUMNS, *letter.rows]):
        for across, text in enumerate(row):
            cell = table.get_cell((across, place))
            cell.append(Paragraph(text, style="celkop" if place == 0 else "cel"))
            cell.style = "vak"
            table.set_cell((across, place), cell)
    for place, line in enumerate(table.rows):
        line.style = "rij"
        table.set_row(place, line)
    for number, column in enumerate(table.columns):
        column.style = f"kolom{number}"
        table.set_column(number, column)
    first, heading = table.get_element("table:table-row"), Element.from_tag("<table:table-header-rows/>")
    assert first is not None
    table.insert(heading, position=table.index(first))
    heading.append(first)  # comes again on the next page, and screen readers know it
    return table
