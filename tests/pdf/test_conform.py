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
    body = '<h1>Kop</h1><p>Łódź</p><table><tr><th scope="col">A</th></tr><tr><td>B</td></tr></table>'
    picture = '<p><svg width="9" height="9" viewBox="0 0 9 9"><title>Vlak</title><rect width="9" height="9"/></svg></p>'
    return render(body + picture + '<div data-sig="zegel" style="height:2cm"></div>').data


def elements(pdf, role):
    return [
        item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == Name(role)
    ]


def without_alternative(pdf):
    del elements(pdf, "/Figure")[0]["/Alt"]


def without_scope(pdf):
    del elements(pdf, "/TH")[0]["/A"]


def without_tags(pdf):
    del pdf.Root["/StructTreeRoot"]


def without_ua_mark(pdf):
    packet = re.sub(rb"<pdfuaid:part>1</pdfuaid:part>", b"", pdf.Root.Metadata.read_bytes())
    pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)


def without_embedded_font(pdf):
    fonts = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item]
    del fonts[0]["/FontFile2"]


DEFECTS = {
    "without_alternative": (without_alternative, "ua1"),
    "without_scope": (without_scope, "ua1"),
    "without_tags": (without_tags, "3a"),
    "without_ua_mark": (without_ua_mark, "ua1"),
    "without_embedded_font": (without_embedded_font, "3a"),
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
