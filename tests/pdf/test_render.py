"""The child process: same bytes every time, within its limits, always gone afterwards."""

import hashlib
import io
import os
import time

import pikepdf
import pytest

from agreements.pdf.render import RenderFailed

ENDLESS = "<p>" + "Heel veel woorden over heel veel woningen. " * 400_000


def identity(result) -> bytes:
    with pikepdf.open(io.BytesIO(result.data)) as pdf:
        return bytes(pdf.trailer.ID[0])


def has_children() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


def test_the_same_input_gives_the_same_bytes(render):
    body = '<h1>Kop</h1><ul><li>Łódź</li></ul><p><img src="vlak.png" alt="Vlak"></p>'

    first, second, other = render(body), render(body), render(body, document_id="PROEF-2")

    assert first.data == second.data
    assert first.sha256 == hashlib.sha256(first.data).hexdigest()
    assert identity(first) != identity(other)


def test_the_pages_are_counted_while_they_are_made(render, document_html):
    heard = []

    result = render(document_html(60), on_progress=heard.append)

    assert heard[:3] == [1, 2, 3]
    assert max(heard) == result.pages == 4


def test_the_attachments_are_inside_the_file(report):
    with pikepdf.open(io.BytesIO(report.data)) as pdf:
        files = {name: pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments}
        relations = [str(item.AFRelationship) for item in pdf.Root.AF]

    assert files == {"gegevens.json": b'{"afspraken": []}', "afspraken.csv": b"nummer;stand\r\n"}
    assert relations == ["/Alternative", "/Data"]


def test_object_streams_stay_small(report):
    with pikepdf.open(io.BytesIO(report.data)) as pdf:
        streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        sizes = [int(item.N) for item in streams if item.get("/Type") == "/ObjStm"]

    assert len(sizes) > 3
    assert max(sizes) == 100


def test_a_render_that_takes_too_long_is_stopped(render, settings):
    settings.PDF_TIMEOUT = 1
    start = time.monotonic()

    with pytest.raises(RenderFailed) as failure:
        render(ENDLESS)

    assert failure.value.reason == "Het maken van de pdf duurde langer dan 1 seconden."
    assert time.monotonic() - start < 5
    assert not has_children()


def test_a_render_that_takes_too_much_memory_is_stopped(render, settings):
    settings.PDF_MEMORY_MB = 200

    with pytest.raises(RenderFailed) as failure:
        render(ENDLESS)

    assert failure.value.reason == "Het maken van de pdf kostte meer dan 200 MB geheugen."
    assert not has_children()


def test_a_listener_that_fails_does_not_leave_a_child_behind(render):
    def fail(page):
        raise LookupError(page)

    with pytest.raises(LookupError):
        render("<p>Een</p>", on_progress=fail)

    assert not has_children()


def test_elements_that_are_nested_too_deep_are_refused(render):
    with pytest.raises(RenderFailed) as failure:
        render("<div>" * 1500 + "x")

    assert "te diep genest" in failure.value.reason


@pytest.mark.parametrize(
    "html", ["<html><head><title>Titel</title></head></html>", '<html lang="nl"><p>x</p></html>']
)
def test_a_document_needs_a_title_and_a_language(render, html):
    with pytest.raises(RenderFailed) as failure:
        render(html)

    assert "geen titel of geen taal" in failure.value.reason


def test_a_missing_file_is_named(render):
    with pytest.raises(RenderFailed) as failure:
        render('<p><img src="foto.png" alt="Foto"></p>')

    assert failure.value.reason == "De pdf kon niet worden gemaakt. Dit bestand is niet meegegeven: foto.png"


def test_a_character_the_fonts_lack_is_replaced(render, run):
    data = render("<p>Huis \N{HOUSE BUILDING} en &#127968; en ① en \N{FAMILY}\N{ZERO WIDTH JOINER}.</p>").data

    assert "Huis □ en □ en 1 en □." in run("pdftotext", data, after=("-",))
