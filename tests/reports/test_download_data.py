"""The data of a report as files: equal to the snapshot, without formulas, and never sent twice for nothing."""

import io
import json
import zipfile
from xml.etree import ElementTree

import pytest
from docx import Document
from jsonschema import Draft202012Validator
from odfdo import Document as OdtDocument
from openpyxl import load_workbook

from agreements.documents import store
from agreements.reports.attachments import SCHEMA_FILE
from agreements.reports.letter import as_docx, as_odt, letter
from agreements.reports.models import Report
from agreements.reports.operations import withdraw_report
from agreements.reports.queries import snapshot_of
from agreements.reports.workbook import workbook
from tests.reports.builders import a_draft, a_published, adopted
from tests.reports.snapshots import a_commitment, a_snapshot, an_update, everything
from tests.world import TODAY, an_amendment
from tests.world import an_update as report_progress

pytestmark = pytest.mark.usefixtures("no_worker")
KINDS = ("json", "csv", "xlsx", "docx", "odt")
SCHEMA = json.loads(SCHEMA_FILE.read_text())


@pytest.fixture
def report(world, page_of_a_report) -> Report:
    report_progress(world)
    return a_published(world, page_of_a_report)


def test_the_schema_is_a_schema_and_the_snapshots_follow_it(world, page_of_a_report):
    Draft202012Validator.check_schema(SCHEMA)
    validator = Draft202012Validator(SCHEMA)
    report_progress(world)
    an_amendment(world, text="Heideveld levert 70 woningen op.")
    subjects = (
        {"kind": "progress"},
        {"kind": "council"},
        {"kind": "year"},
        {"kind": "commitment", "commitment": world.homes},
        {"kind": "party", "party": world.heideveld},
        {"kind": "agreement", "round": None, "year_slice": adopted(world)},
    )
    for about in subjects:
        found = snapshot_of(a_draft(world, page_of_a_report, **about))
        assert [error.message for error in validator.iter_errors(found)] == [], about
    assert [error.message for error in validator.iter_errors(everything())] == []
    assert list(validator.iter_errors({**everything(), "extra": 1})), "and the schema can say no"


def test_the_json_is_the_snapshot_itself(report, client):
    answer = client.get(f"/rapportages/{report.number}.json")
    assert answer.content.decode() == report.snapshot
    assert client.get("/rapportages/rapportage.schema.json").json()["$id"] == snapshot_of(report)["schema"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_answers_304_and_is_a_download(report, client, kind):
    address = f"/rapportages/{report.number}.{kind}"
    first = client.get(address)
    assert first.status_code == 200
    assert first["Content-Disposition"].startswith("attachment")
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_public_or_was_withdrawn_is_not_given(world, page_of_a_report, visit, kind):
    draft = a_draft(world, page_of_a_report)
    assert visit().get(f"/rapportages/{draft.number}.{kind}").status_code == 404
    assert (
        visit(world.coordinator).get(f"/rapportages/{draft.number}.{kind}")["Cache-Control"]
        == "private, no-store"
    )
    report = a_published(world, page_of_a_report)
    withdraw_report(report, by=world.coordinator, on=TODAY, reason="Er stond een verkeerd cijfer in.")
    assert visit().get(f"/rapportages/{report.number}.{kind}").status_code == 410


def test_the_workbook_holds_numbers_and_days_and_no_formula():
    titles = ["=1+1", "+31 bellen", "-opsomming", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","y")', "Gewoon"]
    rows = [a_commitment(f"17-{n:02}", title=title) for n, title in enumerate(titles)]
    rows.append(a_commitment("17-99", updates=[an_update(value="-1.5", explanation="=cmd|' /C calc'!A0")]))
    book = load_workbook(io.BytesIO(workbook(a_snapshot(*rows))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "d"}, "f would be a formula"
    sheet = book["Afspraken"]
    head = [cell.value for cell in sheet[1]]
    last = dict(zip(head, sheet[sheet.max_row], strict=True))
    assert last["waarde"].value == -1.5
    assert last["peildatum"].is_date
    assert [row[1].value for row in sheet.iter_rows(min_row=2)][:6] == titles[:6]
    meanings = [row[1].value for row in book["Uitleg"].iter_rows(min_row=2)]
    assert len(meanings) == sum(book[name].max_column for name in book.sheetnames if name != "Uitleg")


def test_the_workbook_takes_a_report_without_anything_and_odd_characters():
    assert load_workbook(io.BytesIO(workbook(a_snapshot(agenda=[], signatories=[]))))
    odd = a_snapshot(a_commitment(title="Bel\x07 en \x0b tab"))
    assert load_workbook(io.BytesIO(workbook(odd)))["Afspraken"]["B2"].value == "Bel  en   tab"


def headings_of(data: bytes, kind: str) -> list[str]:
    if kind == "docx":
        found = Document(io.BytesIO(data)).paragraphs
        return [p.text for p in found if p.style.name.startswith(("Heading", "Title"))]
    return [header.text_recursive for header in OdtDocument(io.BytesIO(data)).body.get_headers()]


@pytest.mark.parametrize(("kind", "write"), [("docx", as_docx), ("odt", as_odt)])
def test_the_letter_has_the_structure_of_the_letter_of_2017(kind, write):
    data = write(letter(everything()))
    assert headings_of(data, kind) == [
        "Raadsinformatiebrief",
        "Onderwerp",
        "Kernboodschap",
        "Aanleiding",
        "Consequenties",
        "Vervolgtraject",
        "Bijlagen",
    ]
    text = (
        zipfile.ZipFile(io.BytesIO(data))
        .read("word/document.xml" if kind == "docx" else "content.xml")
        .decode()
    )
    words = "".join(ElementTree.fromstring(text).itertext())
    assert "Huurdersvereniging van Dudok Wonen tekende niet." in words
    assert "verzonnen gegevens" in words
    assert "Titel van 17-12 (voorbeeld)" in words, (
        "a row that needs attention is in the table, with its label"
    )
    assert "Burgemeester en wethouders van Hilversum" in words


@pytest.mark.parametrize("write", [as_docx, as_odt])
def test_a_first_letter_without_figures_is_a_letter_too(write):
    assert write(letter(a_snapshot(a_commitment(updates=[], status="no_data", target=None), signatories=[])))


def test_text_of_people_is_text_in_the_letter():
    rude = everything()
    rude["commitments"][0]["title"] = '<b>Vet</b> & "meer"'
    rude["commitments"][0]["status"] = "behind"
    for data, name in ((as_docx(letter(rude)), "word/document.xml"), (as_odt(letter(rude)), "content.xml")):
        words = "".join(ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name)).itertext())
        assert '<b>Vet</b> & "meer"' in words


def test_the_feed_lists_what_was_published_and_nothing_else(world, page_of_a_report, client, report):
    a_draft(world, page_of_a_report)
    feed = ElementTree.fromstring(client.get("/rapportages/feed.atom").content)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    assert [entry.find(f"{atom}title").text for entry in entries] == [report.title]
    assert entries[0].find(f"{atom}link").get("href").endswith(f"/rapportages/{report.number}/")


@pytest.mark.parametrize(
    ("asked", "status", "start", "end"),
    [
        ("bytes=0-99", 206, 0, 100),
        ("bytes=100-", 206, 100, None),
        ("bytes=-50", 206, -50, None),
        ("bytes=10-9999999999", 206, 10, None),
        ("bytes=99999999-", 416, 0, 0),
        ("bytes=-0", 206, None, None),
        ("bytes=5-2", 200, 0, None),
        ("bytes=0-1,5-9", 200, 0, None),
        ("regels=0-1", 200, 0, None),
        ("bytes=a-b", 200, 0, None),
        ("", 200, 0, None),
    ],
)
def test_a_download_that_broke_goes_on(report, client, asked, status, start, end):
    whole = store.read(report.sha256)
    answer = client.get(f"/rapportages/{report.number}.pdf", headers={"Range": asked})
    body = b"".join(answer) if answer.streaming else answer.content
    if asked == "bytes=-0":
        assert (answer.status_code, body) == (416, b"")
        return
    assert (answer.status_code, body) == (status, whole[start:end])
    assert answer["Accept-Ranges"] == "bytes"
    if status == 206:
        assert answer["Content-Range"].endswith(f"/{len(whole)}")
        assert int(answer["Content-Length"]) == len(body)


def test_a_part_of_another_version_is_not_given(report, client):
    address = f"/rapportages/{report.number}.pdf"
    for tag, status in ((f'"{report.sha256}"', 206), ('"anders"', 200)):
        answer = client.get(address, headers={"Range": "bytes=0-9", "If-Range": tag})
        b"".join(answer)
        assert answer.status_code == status
