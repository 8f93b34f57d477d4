"""The file is PDF/A-3a and PDF/UA-1 at once, before and after sealing, says veraPDF."""

import io
import re

import pikepdf
import pytest
from pikepdf import Name

from agreements.pdf.seal import seal_pdf


def test_the_document_meets_both_standards_before_and_after_sealing(report, sealed, broken_rules):
    result = broken_rules(report=report.data, sealed=sealed)

    assert result == {(name, profile): "ok" for name in ("report", "sealed") for profile in ("3a", "ua1")}


@pytest.fixture(scope="module")
def small(render):
    body = """<h1>Kop</h1><h2>Lager</h2><p>Łódź <a href="https://hilversum.example">naar de site</a></p>
    <ul><li>een</li><li>twee</li></ul>
    <table><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td>B</td></tr></tbody></table>
    <p><svg width="9" height="9" viewBox="0 0 9 9"><title>Vlak</title><rect width="9" height="9"/></svg></p>"""
    return render(body + '<div data-sig="zegel" style="height:2cm"></div>').data


def elements(pdf, role):
    return [item for item in dictionaries(pdf) if item.get("/S") == Name(role)]


def dictionaries(pdf, kind=None):
    found = (item for item in pdf.objects if isinstance(item, pikepdf.Dictionary))
    return [item for item in found if kind is None or item.get("/Type") == Name(kind)]


def annotations(pdf, kind):
    found = (note for page in pdf.pages for note in page.get("/Annots", []))
    return [note for note in found if note.Subtype == Name(kind)]


def without(*found_and_key):
    """A defect: the key is gone from every object that `found` gives."""
    found, key = found_and_key

    def damage(pdf):
        objects = found(pdf)
        assert any(key in item for item in objects), key
        for item in objects:
            if key in item:
                del item[key]

    return damage


def renamed(old, new):
    def damage(pdf):
        assert elements(pdf, old)
        for item in elements(pdf, old):
            item.S = Name(new)

    return damage


def metadata(old, new):
    def damage(pdf):
        packet, number = re.subn(old, new, pdf.Root.Metadata.read_bytes(), flags=re.DOTALL)
        assert number, old
        pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)

    return damage


def put(holder, key, value):
    def damage(pdf):
        holder(pdf)[key] = value

    return damage


def drawn_without_tag(pdf):
    pdf.pages[0].contents_add(b"q 1 0 0 rg 50 50 100 100 re f Q", prepend=False)


def see_through(pdf):
    pdf.pages[0].Resources.ExtGState = pikepdf.Dictionary(
        Half=pikepdf.Dictionary(Type=Name.ExtGState, SMask=pikepdf.Dictionary(), BM=Name.Vreemd)
    )
    pdf.pages[0].contents_add(b"/Half gs", prepend=True)


SCRIPT = pikepdf.Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
ROOT = lambda pdf: [pdf.Root]  # noqa: E731
PAGES = lambda pdf: [page.obj for page in pdf.pages]  # noqa: E731
FONTS = lambda pdf: dictionaries(pdf, "/FontDescriptor")  # noqa: E731
DEFECTS = {
    # what is wrong: (how, which standard says so)
    "no tags": (without(ROOT, "/StructTreeRoot"), "3a"),
    "not marked as tagged": (without(ROOT, "/MarkInfo"), "3a"),
    "no language": (without(ROOT, "/Lang"), "ua1"),
    "title not shown": (without(ROOT, "/ViewerPreferences"), "ua1"),
    "no colour profile": (without(ROOT, "/OutputIntents"), "3a"),
    "attachments not in the catalogue": (without(ROOT, "/AF"), "3a"),
    "no metadata": (without(ROOT, "/Metadata"), "3a"),
    "metadata without the mark of PDF-UA": (metadata(rb"<pdfuaid:part>1</pdfuaid:part>", b""), "ua1"),
    "metadata without the mark of PDF-A": (metadata(rb"<pdfaid:part>3</pdfaid:part>", b""), "3a"),
    "metadata with another level": (metadata(rb"<pdfaid:part>3<", b"<pdfaid:part>9<"), "3a"),
    "metadata without a schema": (metadata(rb"<pdfaExtension:schemas>.*</pdfaExtension:schemas>", b""), "3a"),
    "no title": (metadata(rb"<dc:title>.*</dc:title>", b""), "ua1"),
    "an image without alternative": (without(lambda pdf: elements(pdf, "/Figure"), "/Alt"), "ua1"),
    "a header cell without scope": (without(lambda pdf: elements(pdf, "/TH"), "/A"), "ua1"),
    "a skipped heading": (renamed("/H2", "/H4"), "ua1"),
    "a list item that is a paragraph": (renamed("/LI", "/P"), "ua1"),
    "a table that is a division": (renamed("/Table", "/Div"), "ua1"),
    "a row that is a paragraph": (renamed("/TR", "/P"), "ua1"),
    "an unknown kind of element": (renamed("/H1", "/Kop"), "ua1"),
    "a link without description": (without(lambda pdf: annotations(pdf, "/Link"), "/Contents"), "ua1"),
    "a link outside the tags": (without(lambda pdf: annotations(pdf, "/Link"), "/StructParent"), "ua1"),
    "a field without name": (without(lambda pdf: annotations(pdf, "/Widget"), "/TU"), "ua1"),
    "a field without appearance": (without(lambda pdf: annotations(pdf, "/Widget"), "/AP"), "3a"),
    "a field outside the tags": (without(lambda pdf: annotations(pdf, "/Widget"), "/StructParent"), "ua1"),
    "a field that is not printed": (without(lambda pdf: annotations(pdf, "/Widget"), "/F"), "3a"),
    "no order of fields": (without(PAGES, "/Tabs"), "ua1"),
    "a font that is not inside": (without(FONTS, "/FontFile2"), "3a"),
    "letters that mean nothing": (without(lambda pdf: dictionaries(pdf, "/Font"), "/ToUnicode"), "ua1"),
    "an attachment of unknown kind": (
        without(lambda pdf: dictionaries(pdf, "/Filespec"), "/AFRelationship"),
        "3a",
    ),
    "a script": (put(lambda pdf: pdf.Root, "/OpenAction", SCRIPT), "3a"),
    "appearances left to the reader": (put(lambda pdf: pdf.Root.AcroForm, "/NeedAppearances", True), "3a"),
    "something drawn outside the tags": (drawn_without_tag, "ua1"),
    "an unknown way of mixing colours": (see_through, "3a"),
}


def test_the_checker_finds_planted_defects(small, broken_rules):
    documents = {"small": small}
    for name, (damage, _) in DEFECTS.items():
        with pikepdf.open(io.BytesIO(small)) as pdf:
            damage(pdf)
            output = io.BytesIO()
            pdf.save(output)
        documents[name] = output.getvalue()

    result = broken_rules(**documents)

    assert result["small", "3a"] == result["small", "ua1"] == "ok"
    assert len(DEFECTS) >= 30
    assert [name for name, (_, profile) in DEFECTS.items() if result[name, profile] == "ok"] == []


def test_a_seal_with_an_unusual_name_meets_both_standards(small, seal, broken_rules):
    names = {
        "polish": "Žofia Łuczak Đorđević ĐĳĲǅ 100 %",
        "greek": "Δήμος Αθηναίων — Жилищный фонд",
        # Neighbours in the font on both sides of a byte boundary: glyphs 0xff and 0x100, 0x4ff and 0x500.
        "neighbours": "ŰǓ ӧө",
        "emoji": "Gemeente 🏠 ①",
    }
    # The name in the stamp comes from the certificate; here only that name differs.
    documents = {
        label: seal_pdf(small, seal=type(seal)(seal.signer, name, seal.not_after), reason="Proef")
        for label, name in names.items()
    }

    assert set(broken_rules(**documents).values()) == {"ok"}
