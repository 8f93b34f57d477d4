"""A coordinator makes a draft of a proposal; the link between the two stays, both ways."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from agreements.commitments.models import Commitment
from agreements.commitments.operations import withdraw_commitment
from agreements.history.models import Event
from agreements.history.queries import timeline
from agreements.parties.models import Party
from agreements.process.models import Proposal
from agreements.process.operations import edit_proposal, take_up_proposal
from tests.process.heard import LIST, a_figure, a_proposal, a_wish, put
from tests.world import TODAY

TAKE_UP = f"{LIST}1/overnemen/"


def test_a_bid_becomes_a_draft_of_the_corporation(world, visit):
    a_proposal(world, deadline=date(2018, 6, 1), **a_figure(world))
    client = visit(world.coordinator)
    page = client.get(TAKE_UP).content.decode()
    assert "Woonstichting Heideveld voert het uit" in page
    answer = client.post(TAKE_UP, {"version": "1", "lead": world.boekweit.pk})
    assert (answer.status_code, answer["Location"]) == (303, f"{LIST}1/")
    made, draft = Proposal.objects.get(), Commitment.objects.get(code="18-02")
    assert (made.state, made.commitment, made.version) == ("taken_up", draft, 2)
    assert (made.decided_by, made.decided_on) == (world.coordinator, TODAY)
    assert (draft.lead, draft.kind, draft.title, draft.text) == (
        world.heideveld,
        "hard",
        made.title,
        made.text,
    )
    assert (draft.deadline, draft.target.value, draft.theme) == (date(2018, 6, 1), 20, made.theme)
    event = timeline(made).first()
    assert event.sentence == "Voorstel 1 overgenomen als 18-02 20 woningen extra."
    assert event.data["commitment"] == "18-02"


def test_the_link_shows_both_ways_and_survives(world, visit):
    a_proposal(world)
    made = take_up_proposal(Proposal.objects.get(), by=world.coordinator, on=TODAY, version=1)
    client = visit(world.chair)
    page = client.get("/afspraken/18-02/").content.decode()
    assert "Komt uit het bod van Woonstichting Heideveld" in page
    assert f'href="{LIST}1/"' in page
    assert "Overgenomen als" in client.get(f"{LIST}1/").content.decode()
    withdraw_commitment(made.commitment, by=world.coordinator, on=TODAY, reason="Toch niet.")
    assert "(later ingetrokken)" in client.get(f"{LIST}1/").content.decode()
    put(world, "consultation")
    assert "Komt uit het bod van" in visit().get("/afspraken/18-02/").content.decode()


def test_without_a_figure_it_is_a_promise_about_the_process(world):
    made = take_up_proposal(a_proposal(world), by=world.coordinator, on=TODAY, version=1)
    assert (made.commitment.kind, made.commitment.measure) == ("process", None)


def test_for_a_wish_the_coordinator_chooses_who_carries_it_out(world, visit):
    wish = a_wish(world)
    client = visit(world.coordinator)
    page = client.get(TAKE_UP).content.decode()
    assert f'<option value="{world.heideveld.pk}" selected>' in page
    assert client.post(TAKE_UP, {"version": "1", "lead": ""}).status_code == 422
    with pytest.raises(ValidationError, match="Kies wie de afspraak uitvoert."):
        take_up_proposal(wish, by=world.coordinator, on=TODAY, version=1)
    assert client.post(TAKE_UP, {"version": "1", "lead": world.boekweit.pk}).status_code == 303
    assert Commitment.objects.get(code="18-02").lead == world.boekweit
    assert Commitment.objects.count() == 4


def test_what_an_invented_party_asks_is_an_example(world):
    Party.objects.filter(key="hrh").update(provenance="example")
    made = take_up_proposal(a_wish(world), by=world.coordinator, on=TODAY, version=1, lead=world.heideveld)
    assert made.commitment.is_example


def test_nobody_takes_up_a_text_that_just_changed(world, visit):
    made = a_proposal(world)
    edit_proposal(made, by=world.reporter, on=TODAY, version=1, changes={"text": "Nieuwe tekst."})
    client = visit(world.coordinator)
    answer = client.post(TAKE_UP, {"version": "1"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Dit voorstel is intussen aangepast." in page
    assert "Nieuwe tekst." in page
    assert '<input type="hidden" name="version" value="2">' in page
    assert client.post(TAKE_UP, {"version": "2"}).status_code == 303
    assert Commitment.objects.get(code="18-02").text == "Nieuwe tekst."


def test_pressing_twice_makes_one_draft_and_says_so(world, visit):
    a_proposal(world)
    client = visit(world.coordinator)
    answers = [client.post(TAKE_UP, {"version": "1"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 409]
    page = answers[1].content.decode()
    assert "Over dit voorstel is al besloten: overgenomen." in page
    assert "/afspraken/18-02/" in page
    assert Commitment.objects.filter(year_slice__year=2018).count() == 2
    assert Event.objects.filter(verb="process.proposal_taken_up").count() == 1
    assert client.get(TAKE_UP).status_code == 403


def test_a_data_set_names_the_draft_that_is_there(world):
    made = take_up_proposal(a_proposal(world), by=world.coordinator, on=TODAY, version=1, draft=world.draft)
    assert made.commitment == world.draft
    assert Commitment.objects.count() == 3
    with pytest.raises(ValidationError, match="Kies een concept van 2018"):
        take_up_proposal(a_proposal(world), by=world.coordinator, on=TODAY, version=1, draft=world.homes)


@pytest.mark.parametrize("verb", ["overnemen", "samenvoegen", "afwijzen"])
def test_only_coordinators_decide_and_outsiders_see_nothing(world, visit, verb):
    a_proposal(world)
    for name, status in (("reporter", 403), ("chair", 403), ("stranger", 403), ("councillor", 404)):
        client = visit(world.cast[name])
        assert client.get(f"{LIST}1/{verb}/").status_code == status, name
        assert client.post(f"{LIST}1/{verb}/", {"version": "7"}).status_code == status, name
    assert Proposal.objects.get().is_open
