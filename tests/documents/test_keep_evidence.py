"""Which files are accepted, how they are kept, and who may open them."""

import io

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from agreements.documents import store
from agreements.documents.checks import checked, clean_name
from agreements.documents.operations import attach_evidence, keep_evidence
from tests.world import TODAY

CSV = b"a;b\n1;2\n"


def a_photo(kind: str = "JPEG") -> bytes:
    """A small photo with a place in it, as a phone makes it."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x8825] = {1: "N", 2: (52.0, 13.0, 0.0)}
    Image.new("RGB", (20, 10), "white").save(out, kind, exif=exif)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("leeg.pdf", b"", "is leeg"),
        ("nep.pdf", b"MZ\x90 een programma", "is geen goed pdf-bestand"),
        ("half.pdf", b"%PDF-1.7 en dan niets", "is geen goed pdf-bestand"),
        ("pagina.pdf", b"<html></html>%PDF-1.4 %%EOF", "is geen goed pdf-bestand"),
        ("nep.png", b"\x89PNG\r\n\x1a\n<script>", "is geen goed png-bestand"),
        ("foto.png", a_photo(), "is geen goed png-bestand"),
        ("lijst.csv", b"a;b\x00", "is geen goed csv-bestand"),
        ("lijst.csv", b"<svg onload=alert(1)>", "is geen goed csv-bestand"),
        ("macro.xlsm", b"PK", "kunnen wij niet aannemen. Kies een pdf"),
        ("tekening.svg", b"<svg/>", "kunnen wij niet aannemen. Kies een pdf"),
        ("zonder", b"iets", "kunnen wij niet aannemen. Kies een pdf"),
        (
            "groot.csv",
            b"a" * 10_000_001,
            "is te groot. Een bestand mag hoogstens 10 MB zijn. Maak het kleiner",
        ),
    ],
)
def test_a_file_that_is_not_acceptable_is_refused_with_the_reason(name, data, sentence):
    with pytest.raises(ValidationError, match=sentence):
        checked(name, data)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\ik\\Rapport.PDF", "Rapport.pdf"),
        ("/absoluut/pad.csv", "pad.csv"),
        ("rare\x00naam\n.csv", "rarenaam.csv"),
        ('aan"haling<x>.png', "aan-haling-x.png"),
        ("\u202egpj.exe.csv", "gpj.exe.csv"),
        ("...", "bestand"),
        ("é" * 300 + ".jpg", "é" * 100 + ".jpg"),
    ],
)
def test_a_name_loses_its_path_and_everything_strange(name, clean):
    assert clean_name(name) == clean


def test_a_photo_loses_where_it_was_taken():
    kind, clean = checked("foto.jpg", a_photo())
    assert kind == "jpg"
    assert dict(Image.open(io.BytesIO(a_photo())).getexif())
    assert not dict(Image.open(io.BytesIO(clean)).getexif())


def test_the_same_bytes_are_stored_once(tmp_path):
    first, second = store.keep(CSV), store.keep(CSV)
    assert first == second
    assert store.read(first) == CSV
    assert [path.name for path in store.path_of(first).parent.iterdir()] == [first], "no temporary file left"


@pytest.fixture
def pieces(world):
    """One file of each visibility, attached, named after it."""
    made = {}
    for visibility in ("public", "parties", "own"):
        piece = keep_evidence(
            name=f"{visibility}.csv",
            data=CSV,
            party=world.heideveld,
            by=world.reporter,
            visibility=visibility,
        )
        attach_evidence([piece], on=TODAY)
        made[visibility] = piece
    return made


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        (None, {"public"}),
        ("councillor", {"public"}),
        ("stranger", {"public", "parties"}),
        ("coordinator", {"public", "parties"}),
        ("chair", {"public", "parties"}),
        ("director", {"public", "parties", "own"}),
    ],
)
def test_evidence_opens_for_whom_it_is_meant(world, pieces, visit, name, sees):
    client, opened = visit(world.cast[name] if name else None), set()
    for visibility, piece in pieces.items():
        answer = client.get(f"/bewijs/{piece.pk}/{piece.name}")
        if answer.status_code == 200:
            assert b"".join(answer.streaming_content) == CSV
            opened.add(visibility)
    assert opened == sees


def test_a_download_cannot_run_and_is_not_sent_twice(pieces, client):
    piece = pieces["public"]
    answer = client.get(f"/bewijs/{piece.pk}/public.csv")
    assert b"".join(answer.streaming_content) == CSV
    assert answer["Content-Type"] == "text/csv"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    again = client.get(f"/bewijs/{piece.pk}/public.csv", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
