"""A text of 10,000 characters in every form about progress: refused with how many there may be, and still all there."""

from decimal import Decimal
from html import escape
from uuid import uuid4

import pytest

from agreements.progress.models import Claim, ProgressUpdate
from agreements.progress.operations import close_round, return_progress
from tests.progress.sheets import SHEET, STORY, an_offer, row, typed
from tests.progress.test_submit_progress import ADDRESS, answers
from tests.world import TODAY, World, an_assessment, an_update

LONG = "Ú&<b>" * 2_000
CLAIM = Claim(status="on_track", explanation=STORY, value=Decimal(52))
Sent = tuple[str, str, str]


def on_form(world: World) -> Sent:
    return "reporter", ADDRESS, "explanation"


def on_measure(world: World) -> Sent:
    return "reporter", ADDRESS, "measure"


def on_sheet(world: World) -> Sent:
    return "reporter", SHEET, "17-01-explanation"


def on_question(world: World) -> Sent:
    return "coordinator", f"/voortgang/{an_update(world).pk}/terugvragen/", "question"


def on_reply(world: World) -> Sent:
    returned = return_progress(an_update(world), by=world.coordinator, on=TODAY, question="Hoe geteld?")
    return "reporter", f"/teruggevraagd/{returned.pk}/", "answer"


def on_remark(world: World) -> Sent:
    draft = an_offer(world, key=uuid4(), claim=CLAIM)
    return "director", f"/opgaven/{draft.pk}/terugsturen/", "remark"


def on_judgement(world: World) -> Sent:
    update = an_update(world)
    return "chair", "/oordelen/2017-K3/17-01/", f"text_{update.commitment_id}"


def on_answer(world: World) -> Sent:
    dissent = an_assessment(an_update(world), by=world.chair)
    return "reporter", f"/oordelen/antwoord/{dissent.pk}/", "text"


def on_window(world: World) -> Sent:
    return "coordinator", "/rondes/2017-K3/oordelen-tot/", "reason"


def on_reopening(world: World) -> Sent:
    close_round(world.round, by=world.coordinator, on=TODAY)
    return "coordinator", "/rondes/2017-K3/heropenen/", "reason"


FORMS = (
    on_form,
    on_measure,
    on_sheet,
    on_question,
    on_reply,
    on_remark,
    on_judgement,
    on_answer,
    on_window,
    on_reopening,
)


@pytest.mark.parametrize("form", FORMS)
def test_it_is_refused_and_nothing_typed_is_lost(world, visit, form):
    name, address, field = form(world)
    before = ProgressUpdate.objects.count()
    client = visit(world.cast[name])
    sent = typed(client.get(address).content.decode())
    if address == ADDRESS:
        sent |= answers()
    elif address == SHEET:
        sent |= row() | {"send": "ja"}
    elif field.startswith("text_"):
        sent[field.replace("text", "verdict")] = "disagreed"
    answer = client.post(address, sent | {field: LONG})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "U gebruikte er 10000." in page or "tekens" in page
    assert escape(LONG, quote=False) in page.replace("&#x27;", "'")
    assert ProgressUpdate.objects.count() == before
