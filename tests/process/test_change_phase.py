"""A jaarschijf goes from agenda to adopted text, one step at a time, and only when everything is in order."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier, Event
from time import sleep

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction

from agreements.access.refusals import Refused
from agreements.agenda.operations import decide_fate
from agreements.agreement.models import YearSlice
from agreements.agreement.operations import set_year_slice
from agreements.commitments.models import Commitment
from agreements.commitments.operations import edit_commitment, withdraw_commitment
from agreements.commitments.operations import values as commitment_operations
from agreements.history.models import Event as Happened
from agreements.history.queries import timeline
from agreements.process import permissions
from agreements.process.operations import answer_comment, change_phase, decline_proposal
from tests.agenda.test_show_agenda import an_item
from tests.process.heard import a_comment, a_proposal
from tests.world import TODAY, a_closed_signing

Phase = YearSlice.Phase


@pytest.fixture
def put(world) -> Callable[[str], YearSlice]:
    """A function that puts 2018 in a phase, without asking anything."""
    return lambda phase: set_year_slice(
        world.agreement,
        2018,
        by=None,
        on=TODAY,
        phase=phase,
        adopted_on=TODAY if phase in ("adopted", "closed") else None,
    )


def phase_of(year: int) -> str:
    return YearSlice.objects.get(year=year).phase


def test_the_whole_road_in_the_browser(world, visit, put):
    put("agenda")
    client = visit(world.coordinator)
    for slug in ("bod", "concept", "consultatie", "ondertekening", "vastgesteld"):
        seen = phase_of(2018)
        if seen == "signing":  # how it is signed stands in tests/signing and test_close_signing.py
            a_closed_signing(YearSlice.objects.get(year=2018), by=world.coordinator)
        assert f"/jaarschijven/2018/fase/{slug}/" in client.get("/jaarschijven/2018/").content.decode()
        assert client.get(f"/jaarschijven/2018/fase/{slug}/").status_code == 200
        answer = client.post(f"/jaarschijven/2018/fase/{slug}/", {"seen": seen})
        assert (answer.status_code, answer["Location"]) == (303, "/jaarschijven/2018/")
    adopted = YearSlice.objects.get(year=2018)
    assert (adopted.phase, adopted.adopted_on) == ("adopted", TODAY)
    assert timeline(adopted).first().sentence == "Jaarschijf 2018 ging naar de fase vastgesteld."
    assert Happened.objects.filter(verb="process.phase_changed").count() == 5


@pytest.mark.parametrize("phase", ["consultation", "signing"])
def test_an_item_without_a_decision_is_named_and_stops_signing_and_adoption(world, visit, put, phase):
    put(phase)
    an_item(world)
    slug = "ondertekening" if phase == "consultation" else "vastgesteld"
    client = visit(world.coordinator)
    page = client.get(f"/jaarschijven/2018/fase/{slug}/").content.decode()
    assert "A-01 De voorraad blijft op peil." in page
    assert '<button class="nl-button nl-button--primary"' not in page
    answer = client.post(f"/jaarschijven/2018/fase/{slug}/", {"seen": phase})
    assert answer.status_code == 422
    assert "‘Over elk agendapunt van het jaar is besloten.’ Het gaat om: A-01" in answer.content.decode()
    assert phase_of(2018) == phase


def test_a_decision_lets_it_pass(world, put):
    item = an_item(world)
    decide_fate(item, by=None, on=TODAY, year=2018, kind="dropped", reason="Nee.")
    year_slice = put("signing")
    a_closed_signing(year_slice, by=world.coordinator)
    assert change_phase(year_slice, "adopted", seen="signing", by=world.coordinator, on=TODAY).is_adopted


@pytest.mark.parametrize(("phase", "to"), [("concept", "consultation"), ("consultation", "signing")])
def test_without_a_commitment_there_is_nothing_to_advise_on_or_sign(world, put, phase, to):
    withdraw_commitment(world.draft, by=None, on=TODAY, reason="Toch niet.")
    with pytest.raises(ValidationError, match="Er is minstens één afspraak"):
        change_phase(put(phase), to, seen=phase, by=world.coordinator, on=TODAY)
    assert phase_of(2018) == phase


def test_a_step_back_needs_a_reason_that_everyone_can_read(world, visit, put):
    put("consultation")
    client = visit(world.coordinator)
    address = "/jaarschijven/2018/fase/concept/"
    answer = client.post(address, {"seen": "consultation"})
    assert answer.status_code == 422
    assert "Beantwoord de vraag ‘Waarom gaat de jaarschijf een stap terug?’" in answer.content.decode()
    assert (
        client.post(address, {"seen": "consultation", "why": "De raad wil iets anders."}).status_code == 303
    )
    event = timeline(YearSlice.objects.get(year=2018)).first()
    assert (event.sentence, event.why) == (
        "Jaarschijf 2018 ging terug naar de fase concept.",
        "De raad wil iets anders.",
    )


def test_a_draft_does_not_disappear_into_the_agenda(world, put):
    with pytest.raises(ValidationError, match="18-01 60 nieuwe woningen"):
        change_phase(put("bid"), "agenda", seen="bid", by=world.coordinator, on=TODAY, why="Te vroeg.")


def test_a_year_with_proposals_does_not_go_back_to_the_agenda(world, put):
    withdraw_commitment(world.draft, by=None, on=TODAY, reason="Toch niet.")
    a_proposal(world)
    with pytest.raises(ValidationError, match="voorstel 1 van Woonstichting Heideveld, 20 woningen extra"):
        change_phase(put("bid"), "agenda", seen="bid", by=world.coordinator, on=TODAY, why="Te vroeg.")


def test_each_proposal_without_an_answer_is_named_and_stops_consultation(world, visit):
    made = a_proposal(world)
    client, address = visit(world.coordinator), "/jaarschijven/2018/fase/consultatie/"
    named = "voorstel 1 van Woonstichting Heideveld, 20 woningen extra"
    assert named in client.get(address).content.decode()
    answer = client.post(address, {"seen": "concept"})
    assert answer.status_code == 422
    assert (
        f"‘Elk voorstel van de partijen heeft een antwoord.’ Het gaat om: {named}" in answer.content.decode()
    )
    decline_proposal(made, by=world.coordinator, on=TODAY, version=1, reason="Nee.")
    assert client.post(address, {"seen": "concept"}).status_code == 303


def test_each_comment_without_an_answer_is_named_and_stops_signing(world, visit, put):
    put("consultation")
    made = a_comment(world)
    client, address = visit(world.coordinator), "/jaarschijven/2018/fase/ondertekening/"
    named = "18-01, opmerking 1 van Huurdersraad Heideveld, namens de achterban"
    assert named in client.get(address).content.decode()
    assert client.post(address, {"seen": "consultation"}).status_code == 422
    answer_comment(made, by=world.coordinator, on=TODAY, outcome="taken_up")
    assert client.post(address, {"seen": "consultation"}).status_code == 303


def test_a_year_closes_when_it_is_over_and_its_rounds_are_closed(world, settings):
    adopted = world.homes.year_slice
    with pytest.raises(ValidationError) as refused:
        change_phase(adopted, "closed", seen="adopted", by=world.coordinator, on=TODAY)
    assert "2017 duurt tot en met 31\N{NO-BREAK SPACE}december 2017" in refused.value.messages[0]
    assert "Derde kwartaal 2017" in refused.value.messages[1]
    settings.TODAY = date(2018, 2, 1)
    world.round.closed_on = TODAY
    world.round.save()
    assert change_phase(adopted, "closed", seen="adopted", by=world.coordinator, on=TODAY).phase == "closed"


@pytest.mark.parametrize("start", Phase.values)
@pytest.mark.parametrize("to", Phase.values)
def test_only_the_steps_of_the_table_are_allowed_and_only_to_coordinators(world, put, start, to):
    year_slice = put(start)
    may = to in YearSlice.TRANSITIONS[Phase(start)]
    for name in ("coordinator", "reporter", "director", "chair", "councillor", "stranger"):
        if may and name == "coordinator":
            permissions.change_phase(year_slice, to, by=world.cast[name])
        else:
            with pytest.raises(Refused):
                permissions.change_phase(year_slice, to, by=world.cast[name])


def test_who_comes_second_gets_a_plain_sentence(world, visit, put):
    put("concept")
    client = visit(world.coordinator)
    address = "/jaarschijven/2018/fase/consultatie/"
    assert client.post(address, {"seen": "concept"}).status_code == 303
    answer = visit(world.colleague).post(address, {"seen": "concept"})
    assert answer.status_code == 409
    assert (
        "Iemand anders was u voor. Jaarschijf 2018 is nu in de fase consultatie." in answer.content.decode()
    )
    assert Happened.objects.filter(verb="process.phase_changed").count() == 1


def test_addresses_refuse_others_and_unknown_phases(world, visit, put):
    put("concept")
    for name in ("reporter", "chair", "councillor"):
        client = visit(world.cast[name])
        assert client.post("/jaarschijven/2018/fase/consultatie/", {"seen": "concept"}).status_code == 403
        assert client.post("/jaarschijven/2018/fase/consultatie/", {"seen": "bid"}).status_code == 403
        assert "/fase/" not in client.get("/jaarschijven/2018/").content.decode()
    client = visit(world.coordinator)
    assert client.get("/jaarschijven/2018/fase/klaar/").status_code == 404
    assert client.get("/jaarschijven/2031/fase/concept/").status_code == 404
    assert client.get("/jaarschijven/2018/fase/vastgesteld/").status_code == 403
    assert "Volgende stap" not in visit().get("/jaarschijven/2018/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_coordinators_who_step_at_the_same_moment_one_wins(world, put):
    put("concept")
    start = Barrier(4)

    def step(number: int) -> str:
        mine = YearSlice.objects.get(year=2018)
        start.wait(30)
        try:
            change_phase(mine, "consultation", seen="concept", by=world.coordinator, on=TODAY)
        except ValidationError as error:
            return error.message
        finally:
            connections.close_all()
        return "won"

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(step, range(4)))
    lost = "Iemand anders was u voor. Jaarschijf 2018 is nu in de fase consultatie."
    assert answers == [lost, lost, lost, "won"]
    assert Happened.objects.filter(verb="process.phase_changed").count() == 1


def edit_during_step(world) -> str:
    """Somebody edits a draft after the step to consultation was made, and before it is committed."""
    stepped, started = Event(), Event()

    def edit() -> str:
        assert stepped.wait(120)
        started.set()
        change = {"text": "Stiekem veranderd."}
        try:
            edit_commitment(world.draft, by=world.colleague, on=TODAY, version=1, changes=change)
        except Refused as refusal:
            return refusal.reason
        finally:
            connections.close_all()
        return "saved"

    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(edit)
        with transaction.atomic():
            draft = YearSlice.objects.get(year=2018)
            change_phase(draft, "consultation", seen="concept", by=world.coordinator, on=TODAY)
            stepped.set()
            assert started.wait(120)
            sleep(0.3)  # time in which an edit that does not wait gets through
        return answer.result(30)


@pytest.mark.django_db(transaction=True)
def test_an_edit_does_not_slip_in_while_somebody_closes_the_draft(world):
    assert "Jaarschijf 2018 is in de fase consultatie" in edit_during_step(world)
    assert Commitment.objects.get(pk=world.draft.pk).text == "Heideveld levert 60 woningen op."


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_edit_slips_in_on_postgresql(world, monkeypatch):
    """The control: this setup does show it. On SQLite writers always wait for each other."""
    monkeypatch.setattr(commitment_operations, "hold_phase", lambda held: YearSlice.objects.get(pk=held.pk))
    saved = edit_during_step(world) == "saved"
    assert saved == (connection.vendor == "postgresql")
