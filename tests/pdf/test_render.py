"""The children of the press: same bytes every time, within their limits, always gone afterwards."""

import hashlib
import io
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pikepdf
import pytest

from agreements.pdf.render import PRESS, RenderFailed

ENDLESS = "<p>" + "Heel veel woorden over heel veel woningen. " * 400_000


def identity(result) -> bytes:
    with pikepdf.open(io.BytesIO(result.data)) as pdf:
        return bytes(pdf.trailer.ID[0])


def has_children() -> bool:
    return bool(children_of(PRESS.ready().pid))


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


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


def test_the_next_pdf_comes_from_the_same_press(render):
    before = PRESS.ready().pid
    render("<p>Een</p>")
    render("<p>Twee</p>")

    assert PRESS.ready().pid == before


def test_a_press_that_was_killed_is_replaced(render):
    before = PRESS.ready().pid
    os.kill(before, signal.SIGKILL)
    os.waitid(os.P_PID, before, os.WEXITED | os.WNOWAIT)

    assert render("<p>Een</p>").pages == 1
    assert PRESS.ready().pid != before


def test_a_press_that_dies_at_work_is_told_and_replaced(render):
    def kill(page):
        os.kill(PRESS.ready().pid, signal.SIGKILL)

    with pytest.raises(RenderFailed) as failure:
        render("<p>Een</p>", on_progress=kill)

    assert "fout in het programma" in failure.value.reason
    assert render("<p>Een</p>").pages == 1


def test_asking_the_press_to_stop_does_not_break_the_pdf_in_hand(render):
    """systemd sends SIGTERM to every process of a service; the worker ends its last task first."""

    def ask_to_stop(page):
        for pid in (PRESS.ready().pid, *children_of(PRESS.ready().pid)):
            os.kill(pid, signal.SIGTERM)

    assert render("<p>Een</p>", on_progress=ask_to_stop).pages == 1


def test_two_pdfs_at_once_are_not_confused(render, document_html):
    made = {}

    def make(rows):
        made[rows] = render(document_html(rows)).pages

    threads = [threading.Thread(target=make, args=[rows]) for rows in (2, 60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert made == {2: 3, 60: 4}


WORKER = """
import os, sys
from agreements.pdf.render import PRESS
print(PRESS.ready().pid, flush=True)
sys.stdin.read()
"""


def test_a_worker_that_is_killed_leaves_no_press_behind():
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", WORKER], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as worker:
        pid = int(worker.stdout.readline())
        assert Path(f"/proc/{pid}").exists()
        worker.kill()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)

    assert not Path(f"/proc/{pid}").exists()
