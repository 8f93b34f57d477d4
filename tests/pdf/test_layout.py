"""What is kept or drawn short to save time changes nothing that one sees."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from agreements.pdf.render import FONT_CONFIGURATION

TOGETHER = "<div class='samen'><h2 id='k{0}'>Kop {0}</h2><p>{1}</p><ul><li>Een</li><li>Twee</li></ul></div>"
STYLE = """<style>
body { font-family: "Source Sans 3" }
@page { @bottom-right { content: counter(page) " van " counter(pages) } } @page :first { margin: 4cm }
.samen { break-inside: avoid; border-top: 1pt solid } .samen p { display: inline-block; width: 40% }
[data-naar]::after { content: target-counter(attr(data-naar), page) } h2 { break-after: avoid }
table { border-collapse: collapse; width: 100% } td { border-bottom: 1pt solid; padding: 2pt }
</style>"""
# Renders one document in this process, with or without what we keep.
ENGINE = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from agreements.pdf import engine, paging, reuse
from agreements.pdf.shelf import Shelf
if sys.argv[1] == "without":
    reuse.install = paging.install = lambda: None
job = engine.Job(json.load(sys.stdin), {}, "PROEF", [], datetime(2017, 11, 14, tzinfo=UTC))
content, pages = engine.make_pdf(job, lambda page: None, Shelf(Path(sys.argv[2])))
sys.stdout.buffer.write(content)
"""


def a_long_document() -> str:
    numbers = range(1, 16)
    contents = "".join(f"<li data-naar='#k{number}'>Kop {number}</li>" for number in numbers)
    rows = "<tr><td>Op koers</td><td>Definitief</td></tr>" * 40
    parts = "".join(
        TOGETHER.format(number, "Woorden over woningen. " * (number * 7 % 40)) for number in numbers
    )
    whole = f"<div class='samen'>{'<p>Langer dan een bladzijde.</p>' * 70}</div>"
    body = f"<ul>{contents}</ul>{parts}<table><tbody>{rows}</tbody></table>{whole}<h2>Slot</h2><p>Einde.</p>"
    return f"<html lang='nl'><head><title>Proef</title>{STYLE}</head><body>{body}</body></html>"


def made(html: str, how: str, folder: Path) -> bytes:
    command = [sys.executable, "-W", "ignore", "-c", ENGINE, how, str(folder)]
    environment = {"FONTCONFIG_FILE": str(FONT_CONFIGURATION), "SOURCE_DATE_EPOCH": "0"}
    given = json.dumps(html).encode()
    return subprocess.run(command, input=given, env=environment, check=True, stdout=subprocess.PIPE).stdout


def test_what_is_kept_changes_no_byte(tmp_path):
    document = a_long_document()

    kept = made(document, "with", tmp_path)

    with pikepdf.open(io.BytesIO(kept)) as pdf:
        assert len(pdf.pages) > 8
    assert kept == made(document, "without", tmp_path)


def test_what_did_not_fit_on_a_wider_page_gets_the_width_of_its_own(tmp_path):
    style = "@page wijd { margin: 0 } .wijd { page: wijd; height: 297mm } h1 { border-top: 1pt solid }"
    cover = f"<html lang='nl'><head><title>Proef</title><style>{style}</style></head><body><div class='wijd'></div>"
    document = f"{cover}<section><h1>Kop</h1><p>Woorden.</p></section>"

    assert made(document, "with", tmp_path) == made(document, "without", tmp_path)


@pytest.fixture(scope="module")
def drawn(render) -> bytes:
    label = '<text x="{0}" y="20" text-anchor="{1}" font-family="Source Sans 3" font-size="10">{1}</text>'
    labels = "".join(
        label.format(100 * number, anchor) for number, anchor in enumerate(("start", "middle", "end"))
    )
    sign = '<p style="background: url(ruit.svg) no-repeat; padding-left: 20px; height: 30px">Op koers</p>'
    chart = f'<svg width="300" height="40" viewBox="0 0 300 40"><title>Proef</title>{labels}</svg>'
    return render(
        f"<style>@page {{ margin: 0 }} body {{ margin: 0 }}</style><div>{chart}</div>{sign * 5}"
    ).data


def test_a_label_stands_where_the_drawing_says(drawn, run):
    words = run("pdftotext", drawn, "-bbox", after=("-",))

    left, right = (
        {word: float(place) * 4 / 3 for place, word in re.findall(rf'{side}="([0-9.]+)"[^>]*>(\w+)<', words)}
        for side in ("xMin", "xMax")
    )
    assert left["start"] == pytest.approx(0, abs=1)
    assert (left["middle"] + right["middle"]) / 2 == pytest.approx(100, abs=1)
    assert right["end"] == pytest.approx(200, abs=1)


def test_a_picture_is_drawn_once_however_often_it_stands_there(drawn):
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        pictures = [item for item in pdf.objects if isinstance(item, pikepdf.Stream) and "/Group" in item]
        content = pdf.pages[0].Contents.read_bytes()

    assert len(pictures) == 1
    assert len(re.findall(rb"/x\d+ Do", content)) == 5
    assert b">0<" not in content
