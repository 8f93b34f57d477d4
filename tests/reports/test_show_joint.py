"""A joint commitment in a report: parts beside each other, a sum that misses nobody unseen, and counted once."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator

from agreements.progress.operations import close_round
from agreements.reports.attachments import SCHEMA_FILE, table
from agreements.reports.comparison import compared
from agreements.reports.content import pages
from agreements.reports.queries import snapshot_of
from agreements.reports.workbook import workbook
from agreements.signing import document as signing_document
from agreements.signing.text import take as text_to_sign
from tests.commitments.divided import a_joint, part, report, whole
from tests.reports.builders import a_draft, adopted
from tests.reports.snapshots import a_snapshot, everything
from tests.reports.test_render_report import words
from tests.world import TODAY

pytestmark = pytest.mark.usefixtures("no_worker")


@pytest.fixture
def joint(world):
    """Heideveld reported 52 of 70, De Boekweit nothing yet."""
    made = a_joint(world)
    report("a", 52, by=world.reporter, round=world.round)
    return made


def snapshot(world, pdf, **about):
    return snapshot_of(a_draft(world, pdf, **about))


def row_of(found, code: str):
    return next(row for row in found["commitments"] if row["code"] == code)


def test_the_sum_names_who_misses(world, joint, page_of_a_report):
    found = snapshot(world, page_of_a_report)
    together = row_of(found, "17-05")["together"]
    assert (together["known"], together["missing"]) == ("52", ["Woningcorporatie De Boekweit"])
    assert [(p["code"], p["target"], p["value"]) for p in together["parts"]] == [
        ("17-05a", "70", "52"),
        ("17-05b", "50", None),
    ]
    assert row_of(found, "17-05")["status"] == "no_data"
    assert row_of(found, "17-05a")["part_of"] == "17-05"
    said = words(found)
    assert "52 van 120 woningen. Nog niet compleet" in said
    assert "het cijfer ontbreekt van Woningcorporatie De Boekweit" in said
    assert "Deze status volgt uit het deel van Woningcorporatie De Boekweit" in said
    assert "Deel van 17-05." in said


def test_nothing_is_counted_twice(world, joint, page_of_a_report):
    found = snapshot(world, page_of_a_report)
    assert sum(found["counts"].values()) == 3
    said = pages(found)
    assert said["total"] == 3
    assert [theme["total"] for theme in said["themes"]] == [3]
    assert [row["code"] for row in said["silent"]] == ["17-01", "17-02", "17-05b"], "only parts are asked"
    assert said["not_asked"] == []


def test_the_status_is_that_of_the_round_not_of_today(world, joint, page_of_a_report):
    report("b", 10, by=world.stranger, round=world.round, status="behind")
    found = snapshot(world, page_of_a_report)
    assert row_of(found, "17-05")["status"] == "behind"
    assert row_of(found, "17-05")["together"]["known"] == "62"
    close_round(world.round, by=None, on=TODAY)
    assert whole().status == "behind"
    said = pages(found)
    assert [row["code"] for row in said["attention"]] == ["17-05"], "once, not with its part"


@pytest.mark.parametrize("kind", ["progress", "year", "council"])
def test_every_kind_shows_it(world, joint, page_of_a_report, kind):
    said = words(snapshot(world, page_of_a_report, kind=kind))
    assert "van de 3 afspraken" in said
    if kind == "council":
        return
    assert "Gezamenlijk doel." in said
    assert "Coördineert" in said


def test_the_sheet_of_a_party_holds_its_part_and_that_of_the_whole_all_parts(world, joint, page_of_a_report):
    sheet = pages(snapshot(world, page_of_a_report, kind="party", party=world.boekweit))
    assert [row["code"] for row in sheet["owes"]] == ["17-05b"]
    leader = pages(snapshot(world, page_of_a_report, kind="party", party=world.municipality))
    assert leader["owes"] == [], "who coordinates owes no figure"
    one = snapshot(world, page_of_a_report, kind="commitment", commitment=whole())
    assert [row["code"] for row in one["commitments"]] == ["17-05", "17-05a", "17-05b"]
    own = snapshot(world, page_of_a_report, kind="commitment", commitment=part("b"))
    assert [row["code"] for row in own["commitments"]] == ["17-05b"]


def test_the_text_as_signed_holds_the_division(world, joint, page_of_a_report):
    found = snapshot(world, page_of_a_report, kind="agreement", round=None, year_slice=adopted(world))
    said = words(found)
    assert "minstens 120 woningen" in said
    assert "minstens 50 woningen" in said


def test_snapshots_follow_the_schema_with_and_without_joint_commitments(world, joint, page_of_a_report):
    validator = Draft202012Validator(json.loads(SCHEMA_FILE.read_text()))
    assert list(validator.iter_errors(snapshot(world, page_of_a_report))) == []
    older = everything()
    for row in older["commitments"]:
        del row["part_of"], row["together"]
    assert list(validator.iter_errors(older)) == [], "reports of before are still valid"
    assert words(older)
    assert compared(older, everything()) == []


def test_in_the_table_the_whole_has_a_value_only_when_complete(world, joint, page_of_a_report):
    def values(found):
        rows = csv.DictReader(io.StringIO(table(found).decode("utf-8-sig")), delimiter=";")
        return {row["nummer"]: (row["waarde"], row["deel_van"]) for row in rows}

    found = values(snapshot(world, page_of_a_report))
    assert found["17-05"] == ("", "")
    assert found["17-05a"] == ("52", "17-05")
    report("b", 31, by=world.stranger, round=world.round)
    complete = snapshot(world, page_of_a_report)
    assert values(complete)["17-05"] == ("83", "")
    assert workbook(complete)[:2] == b"PK"


def test_the_course_of_the_total_is_drawn():
    first, second = everything()["commitments"][0], everything()["commitments"][0]
    parts = []
    for letter, (row, figures) in zip("ab", ((first, ("14", "36")), (second, ("5", "20"))), strict=True):
        updates = [u | {"value": value} for u, value in zip(row["updates"][:2], figures, strict=False)]
        parts.append(row | {"code": f"17-05{letter}", "part_of": "17-05", "updates": updates})
    together = {
        "status": "on_track",
        "follows_from": ["A", "B"],
        "known": "56",
        "missing": [],
        "parts": [
            {"code": p["code"], "party": "A", "target": "60", "value": p["updates"][-1]["value"]}
            | {"as_of": "2017-06-30", "status": "on_track", "provenance": "example"}
            for p in parts
        ],
    }
    joint_row = first | {"code": "17-05", "together": together, "updates": [], "status": "on_track"}
    found = a_snapshot(joint_row, *parts)
    shown = pages(found)["commitments"][0]
    assert shown["course"] == ["on_track", "on_track"]
    assert [dot.value for dot in shown["chart"].dots][-1] == 56
    assert "alle delen samen, in woningen" in words(found)


def test_it_takes_as_many_queries_with_parts_as_without(world, page_of_a_report):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            a_draft(world, page_of_a_report)
        return len(found)

    a_joint(world)
    queries()  # what is remembered between reports is asked now
    few = queries()
    a_joint(world, code="17-06")
    a_joint(world, code="17-07")
    assert queries() == few


def test_the_document_to_sign_says_who_does_which_part(world):
    joint = a_joint(world, code="18-05", year=2018)
    parties = [world.heideveld, world.boekweit]
    text = text_to_sign(joint.year_slice, number=1, opened_on=TODAY, due_on=TODAY, parties=parties)
    rows = {row["code"]: row for row in text["commitments"]}
    assert (rows["18-05"]["is_joint"], rows["18-05b"]["part_of"]) == (True, "18-05")
    assert signing_document.pages(text)["total"] == 2, "18-01 and the joint one"
