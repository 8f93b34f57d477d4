"""What a screen reader finds in the file: one structure tree in reading order."""

import io
import re
import unicodedata
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name

from agreements.pdf.render import RenderFailed

READING_ORDER = Path(__file__).parent / "reading-order.txt"


@pytest.fixture(scope="module")
def pdf(report):
    with pikepdf.open(io.BytesIO(report.data)) as opened:
        yield opened


@pytest.fixture(scope="module")
def short(render, document_html):
    return render(document_html(2)).data


def elements(pdf, role):
    return [
        item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == Name(role)
    ]


def kids(element):
    found = element.get("/K", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def test_the_reading_order_is_the_order_of_the_html(short, run):
    printed = run("pdfinfo", short, "-struct-text")
    lines = [line for line in printed.splitlines() if not re.search(r"/BBox|Object \d+ 0", line)]

    assert "\n".join(lines) + "\n" == READING_ORDER.read_text()


def test_a_table_over_several_pages_is_one_table(pdf, report):
    tables = elements(pdf, "/Table")

    assert report.pages >= 6
    assert len(tables) == 1
    assert len(elements(pdf, "/THead")) == len(elements(pdf, "/TBody")) == 1
    assert len(elements(pdf, "/TR")) == 121
    pages = {cell.Pg.objgen for cell in elements(pdf, "/TD")}
    assert len(pages) >= 3


def test_the_head_of_the_table_is_read_once_and_drawn_on_every_page(report, run, pdf):
    drawn = run("pdftotext", report.data, after=("-",))
    (head,) = elements(pdf, "/THead")
    cells = kids(kids(head)[0])

    assert [len(kids(cell)) for cell in cells] == [1, 1, 1]
    assert drawn.count("Afspraak\n") >= 4


def test_header_cells_say_what_they_head(pdf):
    scopes = [str(cell.A.Scope) for cell in elements(pdf, "/TH")]

    assert scopes == ["/Column"] * 3 + ["/Row"] * 120


def test_running_heads_and_page_numbers_are_artifacts(pdf):
    page = pdf.pages[2]
    kinds = [
        str(item.operands[1].get("/Subtype"))
        for item in pikepdf.parse_content_stream(page)
        if str(item.operator) == "BDC"
        and item.operands[0] == Name.Artifact
        and "/Subtype" in item.operands[1]
    ]

    assert kinds == ["/Header", "/Footer"]


def test_images_have_a_text_and_decoration_is_left_out(pdf):
    texts = [str(figure.Alt) for figure in elements(pdf, "/Figure")]

    assert texts == ["Naar het portaal", "Grafiek: 52 van 84 woningen.", "Foto van een geel vlak"]


def test_the_box_of_a_figure_is_where_it_is_drawn(pdf):
    figure = elements(pdf, "/Figure")[-1]
    left, bottom, right, top = (float(side) for side in figure.A.BBox)

    assert 56 < left < right < 538  # inside the margins of an A4 page, from the bottom left corner
    assert 72 < bottom < top < 770


def test_every_link_says_where_it_goes(pdf):
    links = [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == Name.Link]

    assert {str(link.Contents) for link in links} == {
        "het hele rapport",
        "de tabel",
        "ons",
        "Naar het portaal",
    }
    assert len(elements(pdf, "/Link")) == 4
    assert all("/StructParent" in link for link in links)


def test_another_language_and_an_abbreviation_are_marked(pdf):
    spans = elements(pdf, "/Span")

    assert [str(span.Lang) for span in spans if "/Lang" in span] == ["en"]
    assert [str(span.E) for span in spans if "/E" in span] == ["burgemeester en wethouders"]


def test_signature_fields_are_empty_and_in_the_tree(pdf):
    fields = list(pdf.Root.AcroForm.Fields)

    assert [str(field.T) for field in fields] == ["zegel", "partij-1"]
    assert [str(field.TU) for field in fields] == [
        "Zegel van de gemeente",
        "Handtekening van de eerste partij",
    ]
    assert not any("/V" in field for field in fields)
    assert len(elements(pdf, "/Form")) == 2


def test_copied_text_is_the_text_of_the_html(short, run):
    text = unicodedata.normalize("NFC", run("pdftotext", short, after=("-",)))

    for sentence in (
        "Łódź, Đorđe, Žilina, Ångström, Søren, Ĳmuiden, Αθήνα, Дом.",
        "De officiële fiets kost €\N{NO-BREAK SPACE}1.250.",
        "Woonstichting Heideveld",
        "Proefrapport 2017–2020",
    ):
        assert sentence.replace("\N{NO-BREAK SPACE}", " ") in text.replace("\N{NO-BREAK SPACE}", " ")


def test_all_fonts_are_inside_the_file(report, run):
    lines = run("pdffonts", report.data).splitlines()[2:]

    assert len(lines) >= 3
    assert all(re.search(r" yes yes yes ", line) for line in lines)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            '<p><svg width="9" height="9"><rect width="9" height="9"/></svg></p>',
            "geen tekst voor wie haar niet ziet",
        ),
        ('<p style="opacity:.5">Vaag</p>', "Doorzichtige tekst"),
        ('<p><a href="/afspraken/">Afspraken</a></p>', "heeft geen volledig webadres"),
        ('<p><a href="javascript:alert(1)">Klik</a></p>', "heeft geen volledig webadres"),
        ('<div aria-hidden="true"><a href="https://x.example/">x</a></div>', "voor schermlezers verborgen"),
        ('<p><a href="#nergens">Daar</a></p>', "nergens"),
    ],
)
def test_html_that_cannot_be_accessible_is_refused(render, body, reason):
    with pytest.raises(RenderFailed) as failure:
        render(body)

    assert reason in failure.value.reason
