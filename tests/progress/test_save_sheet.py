"""Concepts of many answers at once: kept as typed, shared inside the party, never overwritten."""

import pytest

from agreements.progress.models import Draft, ProgressUpdate
from tests.progress.sheets import SHEET, STORY, a_coworker, a_draft, post, row, typed
from tests.world import PASSWORD


def test_a_concept_holds_anything_and_survives_logging_out(world, visit):
    client = visit(world.reporter)
    assert post(client, row(value="twaalf", status="", explanation="Nog"), button="save").status_code == 303
    assert not ProgressUpdate.objects.exists()
    client.logout()
    page = visit(world.director).get(SHEET).content.decode()
    assert typed(page)["17-01-value"] == "twaalf", "a colleague goes on with it"
    assert "Concept van Medewerker Heideveld" in page
    assert "0 van 2 ingevuld" in page


def test_a_whole_concept_counts_and_is_sent_without_touching_it(world, visit):
    post(visit(world.reporter), row(), button="save")
    assert "1 van 2 ingevuld" in visit(world.reporter).get(SHEET).content.decode()
    assert post(visit(world.reporter)).status_code == 303
    assert ProgressUpdate.objects.get().figure.value == 54
    assert not Draft.objects.exists()


def test_saving_what_nobody_touched_keeps_nothing(world, visit):
    assert post(visit(world.reporter), button="save").status_code == 303
    assert not Draft.objects.exists()


def test_a_colleague_who_kept_another_concept_is_shown_beside_it(world, visit):
    client = visit(world.reporter)
    page = client.get(SHEET).content.decode()
    a_draft(world, by=a_coworker(world), value="53", explanation="De tekst van de collega.")
    answer = post(client, row(), button="save", page=page)
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "De tekst van de collega." in said
    assert STORY in said
    assert Draft.objects.get().answers["value"] == "53", "nothing was overwritten"
    assert post(client, button="save", page=said).status_code == 303
    assert Draft.objects.get().answers["value"] == "54"


def test_a_row_that_only_a_colleague_changed_is_left_alone(world, visit):
    client = visit(world.reporter)
    page = client.get(SHEET).content.decode()
    a_draft(world, by=a_coworker(world), value="53")
    given = {"17-02-value": "0", "17-02-status": "not_started", "17-02-explanation": STORY}
    assert post(client, given, button="save", page=page).status_code == 303
    assert {d.commitment.code: d.answers.get("value") for d in Draft.objects.all()} == {
        "17-01": "53",
        "17-02": "0",
    }


def test_the_session_ends_while_filling_in_and_the_rows_are_still_there(world, client, visit):
    page = visit(world.reporter).get(SHEET).content.decode()
    client.logout()
    assert post(client, row(value="12.5"), page=page).status_code == 302
    client.post("/account/login/", {"login": world.reporter.email, "password": PASSWORD})
    sent = typed(client.get(SHEET).content.decode())
    assert (sent["17-01-value"], sent["17-01-explanation"]) == ("12.5", STORY)


@pytest.mark.parametrize("base", ["", "x", "1.2.3.4", "\x00", "9" * 5000, "../../.0.0.x"])
def test_a_base_that_is_not_ours_overwrites_nothing(world, visit, base):
    a_draft(world, by=a_coworker(world), value="53")
    answer = post(visit(world.reporter), row(), {"17-01-base": base}, button="save")
    assert answer.status_code in (303, 409)
    assert Draft.objects.get().answers["value"] == "53"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("explanation", "x" * 10_001),
        ("value", "5" * 11_000),
        ("explanation", "a\x00b"),
        ("measure", "a\u202eb"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_kept(world, visit, name, text):
    answer = post(visit(world.reporter), row(**{name: text}), button="save")
    assert answer.status_code == 422
    assert "Er is nog niets bewaard." in answer.content.decode()
    assert not Draft.objects.exists()
