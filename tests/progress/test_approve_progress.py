"""A second pair of eyes: the reporter lays it before, the signatory approves or sends back; only then it counts."""

from decimal import Decimal
from uuid import uuid4

import pytest

from agreements.access.refusals import Refused
from agreements.commitments.models import Commitment
from agreements.history.models import Event
from agreements.progress.models import Claim, Draft, ProgressUpdate
from agreements.progress.operations import approve_progress, require_approval
from agreements.workspace.queries import count_tasks, tasks_of
from tests.progress.sheets import SHEET, STORY, an_offer, typed
from tests.progress.test_submit_progress import ADDRESS, answers
from tests.world import TODAY

PAGE = "/organisatie/hv/akkoord/"
CLAIM = Claim(status="on_track", explanation=STORY, value=Decimal(52), links=("https://voorbeeld.nl/a",))


@pytest.fixture
def careful(world):
    """Heideveld wants a second pair of eyes."""
    require_approval(world.heideveld, by=world.director, on=TODAY, needed=True)
    return world


def base(draft: Draft) -> str:
    return f"{draft.pk}:{draft.version}"


def test_a_signatory_sets_it_on_a_small_page(world, visit):
    client = visit(world.director)
    answer = client.post(f"{PAGE}instellen/", {"needed": "yes"})
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    world.heideveld.refresh_from_db()
    assert world.heideveld.needs_approval
    assert Event.objects.filter(verb="progress.approval_required").count() == 1
    assert "uw akkoord nodig" in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}instellen/", {"needed": "maybe"}).status_code == 422


def test_what_a_reporter_sends_waits_and_counts_for_nobody(careful, visit):
    world, client = careful, visit(careful.reporter)
    assert "Voorleggen aan de bestuurder" in client.get(ADDRESS).content.decode()
    answer = client.post(ADDRESS, answers())
    assert (answer.status_code, answer["Location"]) == (303, "/mijn-taken/")
    assert not ProgressUpdate.objects.exists()
    assert Commitment.objects.get(code="17-01").status == "no_data"
    assert "Dit antwoord wacht op akkoord van de bestuurder." in client.get(ADDRESS).content.decode()
    assert [task.argument for task in tasks_of(world.reporter)] == ["17-02"]
    assert count_tasks(world.reporter) == 1


def test_approving_one_makes_it_count_with_both_names(world, visit):
    draft = an_offer(world, key=uuid4(), claim=CLAIM)
    assert "Geef akkoord op 1 antwoord" in [task.sentence for task in tasks_of(world.director)]
    client = visit(world.director)
    page = client.get(PAGE).content.decode()
    assert STORY in page
    assert "52 woningen" in page
    assert client.post(PAGE, {"only": base(draft)}).status_code == 303
    update = ProgressUpdate.objects.get()
    assert (update.submitted_by, update.approved_by, update.approved_on) == (
        world.reporter,
        world.director,
        TODAY,
    )
    assert [link.address for link in update.links.all()] == ["https://voorbeeld.nl/a"]
    assert Commitment.objects.get(code="17-01").status == "on_track"
    assert not Draft.objects.exists()


def test_all_on_the_page_at_once(careful, visit):
    client = visit(careful.reporter)
    client.post(ADDRESS, answers())
    client.post("/afspraken/17-02/voortgang/", answers(value="1", status="achieved"))
    page = visit(careful.director).get(PAGE).content.decode()
    assert "Akkoord met alle 2" in page
    shown = [base(draft) for draft in Draft.objects.all()]
    answer = visit(careful.director).post(PAGE, {"shown": shown})
    assert answer.status_code == 303
    assert ProgressUpdate.objects.count() == 2


def test_what_changed_after_it_was_read_is_not_approved(world, visit):
    draft = an_offer(world, key=uuid4(), claim=CLAIM)
    read = base(draft)
    an_offer(
        world,
        key=uuid4(),
        claim=Claim(status="at_risk", explanation=STORY, measure="Meer.", value=Decimal(40)),
    )
    answer = visit(world.director).post(PAGE, {"only": read})
    assert answer.status_code == 409
    assert "is intussen veranderd" in answer.content.decode()
    assert not ProgressUpdate.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [{}, {"only": "x"}, {"only": "1:2:3"}, {"only": "9999999999999999999:1"}, {"shown": ["0:0", "\x00"]}],
)
def test_a_made_up_choice_approves_nothing(world, visit, sent):
    an_offer(world, key=uuid4(), claim=CLAIM)
    assert visit(world.director).post(PAGE, sent).status_code in (409, 422)
    assert not ProgressUpdate.objects.exists()


def test_sent_back_with_a_remark_is_a_task_for_who_fills_in(world, visit):
    draft = an_offer(world, key=uuid4(), claim=CLAIM)
    address = f"/opgaven/{draft.pk}/terugsturen/"
    assert visit(world.director).post(address, {"version": "1", "remark": ""}).status_code == 422
    assert visit(world.director).post(address, {"version": "9", "remark": "Tel opnieuw."}).status_code == 409
    answer = visit(world.director).post(address, {"version": "1", "remark": "Tel blok 2 opnieuw."})
    assert answer.status_code == 303
    task = next(task for task in tasks_of(world.reporter) if task.argument == "17-01")
    assert task.sentence == "Pas uw antwoord aan: 84 nieuwe sociale huurwoningen opleveren"
    client = visit(world.reporter)
    assert "Tel blok 2 opnieuw." in client.get(ADDRESS).content.decode()
    assert "Tel blok 2 opnieuw." in client.get(SHEET).content.decode()
    assert (
        client.post(ADDRESS, typed(client.get(ADDRESS).content.decode()) | answers(version="2")).status_code
        == 303
    )
    assert Draft.objects.get().is_waiting


def test_the_whole_sheet_is_laid_before_the_signatory(careful, visit):
    client = visit(careful.reporter)
    page = client.get(SHEET).content.decode()
    assert "Leg alles wat is ingevuld voor aan de bestuurder" in page
    given = {"17-01-value": "54", "17-01-status": "on_track", "17-01-explanation": STORY, "send": "ja"}
    assert client.post(SHEET, typed(page) | given).status_code == 303
    assert Draft.objects.get().is_waiting
    after = client.get(SHEET).content.decode()
    assert "Wacht op akkoord" in after
    assert "1 van 2 ingevuld" in after


def test_a_signatory_who_sends_needs_nobody_else(careful, visit):
    assert visit(careful.director).post(ADDRESS, answers()).status_code == 302
    assert ProgressUpdate.objects.get().approved_by is None


def test_offering_the_same_form_twice_is_one_offer(careful, visit):
    given, client = answers(), visit(careful.reporter)
    assert [client.post(ADDRESS, given).status_code for _ in range(2)] == [303, 303]
    assert Event.objects.filter(verb="progress.offered").count() == 1


def test_what_waits_is_not_sent_when_the_round_closed(world, visit):
    draft = an_offer(world, key=uuid4(), claim=CLAIM)
    world.round.closed_on = TODAY
    world.round.save()
    answer = visit(world.director).post(PAGE, {"only": base(draft)})
    assert answer.status_code == 422
    assert "is gesloten" in answer.content.decode()
    assert Draft.objects.get().is_waiting


def test_a_new_lead_never_sees_the_draft_of_the_one_before(world, visit):
    draft = an_offer(world, key=uuid4(), claim=CLAIM)
    Commitment.objects.filter(pk=world.homes.pk).update(lead=world.boekweit)
    page = visit(world.stranger).get(ADDRESS).content.decode()
    assert "Dit antwoord wacht" not in page
    assert typed(page)["version"] == "0"
    assert visit(world.stranger).post(ADDRESS, {**answers(version="0"), "save": "ja"}).status_code == 303
    assert Draft.objects.count() == 2
    assert tasks_of(world.director) == [] or "akkoord" not in tasks_of(world.director)[0].sentence
    assert visit(world.director).post(PAGE, {"only": base(draft)}).status_code == 409
    assert not ProgressUpdate.objects.exists()


def test_what_waits_for_a_withdrawn_commitment_is_not_approved(world, visit):
    draft = an_offer(world, key=uuid4(), claim=CLAIM)
    Commitment.objects.filter(pk=world.homes.pk).update(
        withdrawn_on=TODAY, withdrawn_reason="Vervallen.", status="dropped"
    )
    assert visit(world.director).post(PAGE, {"only": base(draft)}).status_code == 409
    with pytest.raises(Refused):
        approve_progress([draft], by=world.director, on=TODAY, versions={draft.pk: draft.version})
    assert Commitment.objects.get(code="17-01").status == "dropped"
