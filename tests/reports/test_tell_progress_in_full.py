"""What belongs to an answer comes along in reports and files: unchanged, both parts of a ratio, links to evidence."""

import csv
import io
import json
from decimal import Decimal
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from agreements.progress.models import Claim
from agreements.progress.operations import submit_progress
from agreements.reports import snapshot
from agreements.reports.attachments import SCHEMA_FILE, table
from agreements.reports.comparison import compared
from agreements.reports.content import pages
from agreements.reports.subject import Subject
from agreements.reports.workbook import workbook
from tests.reports.snapshots import a_commitment, a_snapshot, a_target, an_update
from tests.world import TODAY

PUBLIC, PRIVATE = "https://voorbeeld.nl/openbaar", "https://voorbeeld.nl/besloten"
HEADING = {"number": "PA-1", "title": "x", "kind": "progress", "created_on": "2017-11-15"}
HEADING |= {"checkpoint": {"count": 1, "digest": "0" * 64}, "supersedes": None}


@pytest.fixture
def told(world):
    """The snapshot after an answer with all of it."""
    indicator = world.homes.target.indicator
    indicator.value_kind, indicator.decimals = "ratio", 2
    indicator.save()
    claim = Claim(
        status="on_track",
        explanation="Van de 25 gesprekken ging het 13 keer goed.",
        value=Decimal("0.52"),
        numerator=Decimal(13),
        denominator=Decimal(25),
        is_unchanged=True,
        links=(PUBLIC,),
    )
    usual = {"by": world.reporter, "on": TODAY, "round": world.round}
    submit_progress(world.homes, claim=claim, key=uuid4(), **usual)
    hidden = Claim(
        status="on_track", explanation="Wij zoeken.", value=Decimal(0), links=(PRIVATE,), links_for="own"
    )
    submit_progress(world.coach, claim=hidden, key=uuid4(), **usual)
    return snapshot.take(Subject(world.round), heading=HEADING, previous=None)


def row_of(told, code: str = "17-01"):
    return next(row for row in told["commitments"] if row["code"] == code)


def printed(told) -> str:
    return render_to_string("reports/pdf/report.html", pages(told))


def test_the_snapshot_holds_it_and_follows_the_schema(told):
    [update] = row_of(told)["updates"]
    assert (update["is_unchanged"], update["numerator"], update["denominator"]) == (True, "13", "25")
    assert update["links"] == [PUBLIC]
    assert row_of(told, "17-02")["updates"][0]["links"] == [], "a report is public"
    validator = Draft202012Validator(json.loads(SCHEMA_FILE.read_text()))
    assert [error.message for error in validator.iter_errors(told)] == []


def test_the_report_prints_it(told):
    page = printed(told)
    assert "(13 gedeeld door 25)" in page
    assert "Ongewijzigd overgenomen van de ronde ervoor." in page
    assert page.count(PUBLIC) == 2, "at the commitment and in the list of evidence"
    assert PRIVATE not in page


def test_the_tables_have_columns_for_it(told):
    rows = list(csv.DictReader(io.StringIO(table(told).decode("utf-8-sig")), delimiter=";"))
    first = rows[0]
    assert (first["teller"], first["noemer"], first["ongewijzigd"]) == ("13", "25", "ja")
    assert first["bewijs"] == PUBLIC
    assert rows[1]["bewijs"] == ""
    sheet = load_workbook(io.BytesIO(workbook(told)))["Voortgang"]
    head, line = ([cell.value for cell in row] for row in list(sheet.iter_rows())[:2])
    found = dict(zip(head, line, strict=True))
    assert (found["teller"], found["noemer"], found["ongewijzigd"]) == (13, 25, "ja")
    assert found["bewijs"] == PUBLIC


def test_a_new_link_is_a_difference_and_an_older_report_has_none():
    older = {name: value for name, value in an_update().items() if name not in ("links", "is_unchanged")}
    before = a_snapshot(a_commitment(updates=[older]))
    after = a_snapshot(a_commitment(updates=[an_update(links=[PUBLIC])]))
    [difference] = compared(before, after)
    assert (difference["was"], difference["now"]) == ("0 bewijsstukken", "1 bewijsstuk")


def test_a_report_of_before_is_still_printed_and_put_in_tables():
    new = ("links", "is_unchanged", "numerator", "denominator")
    older = {name: value for name, value in an_update().items() if name not in new}
    before = a_snapshot(a_commitment(updates=[older], target=a_target()))
    assert "36" in printed(before)
    assert b"17-01" in table(before)
    assert workbook(before)
