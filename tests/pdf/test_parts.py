"""A document in parts: a part that did not change is not made again, and nobody can tell."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from agreements.pdf.parts import cut
from agreements.pdf.render import FONT_CONFIGURATION, RenderFailed

STYLE = """<style>
body { margin: 0; font: 11pt/1.4 "Source Sans 3" } h2 { break-after: avoid }
@page { size: A5; margin: 20mm; @top-right { content: string(deel) } @bottom-right { content: "Pagina " counter(page) " van " counter(pages) } }
@page omslag { margin: 0 } .omslag { page: omslag; height: 210mm }
@page deel { @bottom-right { content: none } } .deel { page: deel }
@page vel { @top-right { content: none } } .vel { page: vel; break-before: page }
h1 { string-set: deel content(text); break-inside: avoid; border-top: 1pt solid }
[data-naar]::after { content: " staat op " target-counter(attr(data-naar), page) "." }
.begin::before { content: "Begint op " counter(page) }
.teken { background: url(ruit.svg) no-repeat; padding-left: 20px }
</style>"""
PART = """<section data-deel><h1 id="deel-{0}">Deel {0}</h1><p class="teken">{1}</p>
<h2 id="slot-{0}">Slot van {0}</h2><p id="dubbel">Terug naar <a href="#begin">het begin</a>.</p></section>"""
WORDS = "Woorden over woningen die er komen. "


def document(*lengths: int, before: int = 2, extra: str = "") -> str:
    """A cover, so many words before the parts, and parts of so many words."""
    numbers = range(1, len(lengths) + 1)
    contents = "".join(
        f'<li data-naar="#{name}-{n}">{name} {n}</li>' for n in numbers for name in ("deel", "slot")
    )
    parts = "".join(PART.format(n, WORDS * length) for n, length in zip(numbers, lengths, strict=True))
    cover = f'<section class="omslag"><h1>Boek</h1><p>{extra}</p></section>'
    first = f'{cover}<main><h1 id="begin" class="begin">Inhoud</h1><p id="dubbel">Dubbel</p><ul>{contents}</ul><p>{WORDS * before}</p>'
    return f"<html lang='nl'><head><title>Boek</title>{STYLE}</head><body>{first}{parts}</main></body></html>"


# Renders documents in one process: every line names a shelf, a document and what its picture looks like.
ENGINE = """
import hashlib, json, sys
from datetime import UTC, datetime
from pathlib import Path
from agreements.pdf.engine import Job, make_pdf
from agreements.pdf.shelf import Shelf
for shelf, html, picture in json.load(sys.stdin):
    heard = []
    job = Job(html, {"ruit.svg": picture.encode()}, "PROEF", [], datetime(2017, 11, 14, tzinfo=UTC))
    data, pages = make_pdf(job, heard.append, Shelf(Path(sys.argv[1]) / shelf))
    print(json.dumps([hashlib.sha256(data).hexdigest(), len(heard), pages]))
"""
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="8" height="8"/></svg>'
FIRST = document(30, 40, 40, 90)
MANY = [40] * 10
CHANGES = {
    "longer part": document(30, 160, 40, 90),
    "longer beginning": document(30, 40, 40, 90, before=90),
    "other cover": document(30, 40, 40, 90, extra="Anders"),
    "part gone": document(30, 40, 90),
}


def made(folder: Path, *jobs: tuple[str, str, str]) -> list[list]:
    """For each job the SHA-256 of the file, how many pages were laid out, and how many it has."""
    command = [sys.executable, "-W", "ignore", "-c", ENGINE, str(folder)]
    environment = {"FONTCONFIG_FILE": str(FONT_CONFIGURATION), "SOURCE_DATE_EPOCH": "0"}
    given = json.dumps(jobs).encode()
    output = subprocess.run(command, input=given, env=environment, check=True, stdout=subprocess.PIPE).stdout
    return [json.loads(line) for line in output.splitlines()]


def test_what_is_made_of_kept_parts_is_the_same_to_the_byte(tmp_path):
    jobs = []
    for name, html in CHANGES.items():
        jobs += [(name, FIRST, SQUARE), (name, html, SQUARE), (f"empty {name}", html, SQUARE)]

    results = made(tmp_path, *jobs)

    kept = {name: results[3 * number + 1] for number, name in enumerate(CHANGES)}
    cold = {name: results[3 * number + 2] for number, name in enumerate(CHANGES)}
    assert {name: sha256 for name, (sha256, _, _) in kept.items()} == {
        name: sha256 for name, (sha256, _, _) in cold.items()
    }


def test_only_what_changed_is_made_again(tmp_path):
    changed = document(*MANY[:5], 45, *MANY[6:])

    _, (_, few, pages), (_, many, _) = made(
        tmp_path, ("a", document(*MANY), SQUARE), ("a", changed, SQUARE), ("b", changed, SQUARE)
    )

    assert pages > 20
    assert few < 8  # the part itself, the cover and the contents
    assert many >= pages


def test_a_part_is_made_again_when_what_it_loads_is_another_file(tmp_path):
    other = SQUARE.replace('"8"', '"5"')
    html = FIRST.replace(
        "<h2", '<img src="ruit.svg" alt="Ruit"><h2', 1
    )  # every part has it from the style sheet

    first, same, changed, cold = made(
        tmp_path, ("a", html, SQUARE), ("a", html, SQUARE), ("a", html, other), ("b", html, other)
    )

    assert first[0] == same[0]
    assert first[0] != changed[0] == cold[0]


@pytest.fixture(scope="module")
def book(render):
    render(document(30, 160, 40))
    return render(document(30, 161, 40)).data


def test_the_numbers_of_pages_hold_over_all_parts(book, run):
    texts = run("pdftotext", book, after=("-",)).split("\f")[:-1]
    stands = {
        f"{name} {number}": int(page)
        for name, number, page in re.findall(r"(deel|slot) (\d) staat op (\d+)\.", texts[1])
    }

    without_cover = texts[1:]
    numbers = [re.search(r"Pagina (\d+) van (\d+)", text).groups() for text in without_cover]
    assert numbers == [(str(number), str(len(texts))) for number in range(2, len(texts) + 1)]
    assert len(stands) == 6
    for number in (1, 2, 3):
        assert f"Deel {number}\n" in texts[stands[f"deel {number}"] - 1]
        assert f"Slot van {number}" in texts[stands[f"slot {number}"] - 1]


def test_the_structure_is_that_of_one_document(book):
    with pikepdf.open(io.BytesIO(book)) as pdf:
        whole = pdf.Root.StructTreeRoot.K[0]
        kinds = [str(kid.S) for kid in whole.K]
        parts = [str(kid.S) for kid in whole.K[-1].K]
        pictures = [item for item in pdf.objects if isinstance(item, pikepdf.Stream) and "/Group" in item]

    assert kinds == ["/Sect", "/Part"]
    assert parts.count("/Sect") == 3
    assert len(pictures) == 1  # it stands in every part


def test_a_document_of_kept_parts_keeps_the_standards(book, broken_rules):
    assert set(broken_rules(book=book).values()) == {"ok"}


def test_a_part_of_a_hundred_pages_and_photos_can_be_kept(render):
    long = document(30, 40).replace(
        "<h2", '<p><img src="vlak.png" alt="Vlak"><img src="ruit.svg" alt="Ruit"></p><h2', 1
    )
    long = long.replace('<h2 id="slot-2', f"<p>{WORDS * 60}</p>" * 80 + '<h2 id="slot-2')
    heard = []

    first = render(long)
    again = render(long, on_progress=heard.append)

    assert first.pages > 100
    assert again.data == first.data
    assert len(heard) < 5


@pytest.mark.parametrize("style", ["body .vel { page: auto }", "@page vel { size: A4 }"])
def test_a_style_sheet_for_whole_documents_is_refused(render, style):
    with pytest.raises(RenderFailed) as failure:
        render(document(30, 40).replace("</style>", f"{style}</style>"))

    assert "document in delen" in failure.value.reason


def test_a_part_with_a_fault_is_not_kept(render):
    wrong = document(30, 40).replace("<h2", '<p><img src="stuk.svg" alt="Stuk"></p><h2', 1)
    assets = {"ruit.svg": SQUARE.encode(), "stuk.svg": b"geen plaatje"}

    reasons = []
    for _ in range(2):
        with pytest.raises(RenderFailed) as failure:
            render(wrong, assets=assets)
        reasons.append(failure.value.reason)

    assert "stuk.svg" in reasons[0]
    assert reasons[0] == reasons[1]


def test_a_part_takes_along_how_the_document_looks_but_not_its_number():
    html = '<!doctype html><html lang="nl"><head><meta name="nummer" content="7"><title>Boek</title></head>'
    parts = cut(
        f'{html}<body class="boek"><p>Nummer 7</p><main><p>Eerst</p><section data-deel>Dan</section></main>'
    )

    assert parts.first.endswith("<p>Eerst</p>")
    (other,) = parts.others
    assert other.startswith(
        '<!doctype html><html lang="nl"><title>Boek</title><body class="boek"><main class="deel">'
    )
    assert other.endswith("<section data-deel>Dan</section></main>")
