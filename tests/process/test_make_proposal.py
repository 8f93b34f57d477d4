"""A corporation enters its bid and a tenant organisation its wishes, while the jaarschijf is a draft."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from agreements.access.refusals import Refused
from agreements.history.models import Event
from agreements.history.queries import timeline
from agreements.parties.operations import add_member
from agreements.process.models import Proposal
from agreements.process.operations import make_proposal, withdraw_proposal
from tests.process.heard import LIST, a_figure, a_proposal, a_wish, proposal_answers, put
from tests.world import PASSWORD, TODAY

NEW = f"{LIST}nieuw/"


def test_a_corporation_enters_its_bid_in_the_browser(world, visit):
    client = visit(world.reporter)
    assert client.get(NEW).status_code == 200
    figure = {
        "indicator": str(world.homes.target.indicator_id),
        "direction": "at_least",
        "target_value": "20",
    }
    answer = client.post(NEW, proposal_answers(world, deadline="31-12-2018", **figure))
    assert (answer.status_code, answer["Location"]) == (303, f"{LIST}1/")
    made = Proposal.objects.get()
    assert (made.party, made.number, made.state) == (world.heideveld, 1, "open")
    assert (made.indicator, made.target_value) == (world.homes.target.indicator, Decimal(20))
    assert (made.proposed_by, made.proposed_on, made.decided_on) == (world.reporter, TODAY, None)
    event = timeline(made).get()
    assert (event.verb, event.party) == ("process.proposal_made", world.heideveld)
    assert event.data["after"]["target_value"] == "20"
    page = client.get(f"{LIST}1/").content.decode()
    assert "Uit het bod van Woonstichting Heideveld voor 2018" in page
    assert "minstens 20 woningen" in page


def test_tenants_enter_their_wishes_and_numbers_go_on(world):
    assert (a_proposal(world).number, a_wish(world).number) == (1, 2)
    assert Proposal.objects.get(number=2).origin == "de wensen van Huurdersraad Heideveld"


def test_a_number_is_not_used_again_after_a_withdrawal(world):
    withdraw_proposal(a_proposal(world), by=world.reporter, on=TODAY)
    assert a_proposal(world).number == 2


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Vul ‘Titel in gewone taal’ in."),
        ({"why": ""}, "Beantwoord de vraag ‘Waarom stelt u dit voor?’"),
        ({"target_value": "20"}, "Vul ook dit in, of maak alle drie de vragen over het doel leeg."),
        ({"deadline": "31-12-2019"}, "Deze jaarschijf gaat over 2018."),
        ({"theme": "999"}, "Kies een van de antwoorden bij ‘Over welk thema gaat het?’."),
        ({"text": "x" * 4001}, "hoogstens 4000 tekens"),
        ({"text": "veilig\u202egnp"}, "In de tekst staat een teken dat wij niet kunnen bewaren."),
        ({"title": "een\0nul"}, "In de tekst staat een teken dat wij niet kunnen bewaren."),
        ({"key": "geen sleutel"}, "Controleer 1 antwoord"),
    ],
)
def test_wrong_answers_are_told_and_nothing_typed_is_lost(world, visit, wrong, sentence):
    answer = visit(world.reporter).post(NEW, proposal_answers(world, **{"why": "Omdat het kan.", **wrong}))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert ("Omdat het kan." in page) or "why" in wrong
    assert not Proposal.objects.exists()


def test_the_operation_refuses_the_same(world):
    with pytest.raises(ValidationError) as refused:
        a_proposal(world, **{**a_figure(world), "direction": ""})
    assert "direction" in refused.value.message_dict
    assert not Event.objects.filter(verb="process.proposal_made").exists()


def test_one_form_sent_twice_makes_one(world, visit):
    client, typed = visit(world.reporter), proposal_answers(world)
    places = [client.post(NEW, typed)["Location"] for _ in range(2)]
    assert places == [f"{LIST}1/", f"{LIST}1/"]
    assert Event.objects.filter(verb="process.proposal_made").count() == 1


def test_a_key_serves_one_person(world):
    key = uuid4()
    a_proposal(world, key=key)
    with pytest.raises(ValidationError, match="Dit formulier is al eerder verstuurd"):
        a_wish(world, key=key)


def test_a_lost_session_loses_no_text(world, client):
    client.post(NEW, proposal_answers(world, text="Wat ik net typte."))
    login = {"login": world.reporter.email, "password": PASSWORD, "next": NEW}
    assert client.post("/account/login/", login)["Location"] == NEW
    page = client.get(NEW).content.decode()
    assert "Wat ik net typte." in page
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("phase", ["agenda", "consultation", "signing"])
def test_outside_bid_and_concept_nobody_enters_anything(world, visit, phase):
    put(world, phase)
    answer = visit(world.reporter).post(NEW, proposal_answers(world))
    assert answer.status_code == 403
    assert "Voorstellen horen bij de fasen bod en concept" in answer.content.decode()


def test_nobody_proposes_for_another_party(world):
    for party in (world.boekweit, world.municipality):
        with pytest.raises(ValidationError, match="waarvoor u voorstellen indient"):
            a_proposal(world, party=party)
    for user in (world.coordinator, world.councillor):
        with pytest.raises(Refused, match="Alleen woningcorporaties en huurdersorganisaties"):
            a_proposal(world, by=user)


def test_a_party_that_does_not_take_part_enters_nothing(world):
    world.agreement.signatories.filter(party=world.boekweit).delete()
    with pytest.raises(Refused):
        a_proposal(world, by=world.stranger, party=world.boekweit)


def test_who_acts_for_two_parties_chooses_one(world, visit):
    add_member(world.boekweit, user=world.reporter, role="reporter", by=None, on=TODAY)
    client = visit(world.reporter)
    assert "Namens welke organisatie?" in client.get(NEW).content.decode()
    assert client.post(NEW, proposal_answers(world)).status_code == 422
    assert client.post(NEW, proposal_answers(world, party=world.boekweit.pk)).status_code == 303
    assert Proposal.objects.get().party == world.boekweit


def test_two_megabytes_of_text_are_refused_and_markup_is_text(world, visit):
    client = visit(world.reporter)
    assert client.post(NEW, proposal_answers(world, text="x" * 2_000_000)).status_code in (413, 422)
    markup = "<script>alert(1)</script><b>vet</b>"
    assert client.post(NEW, proposal_answers(world, title=markup, text=markup, why=markup)).status_code == 303
    for page in (LIST, f"{LIST}1/", f"{LIST}1/bewerken/"):
        shown = client.get(page).content.decode()
        assert "&lt;script&gt;" in shown
        assert "<script>alert" not in shown


def test_the_operation_knows_a_year_that_was_just_closed(world):
    """The year in hand says concept; the row says consultation."""
    stale = world.draft.year_slice
    put(world, "consultation")
    with pytest.raises(Refused, match="fase consultatie"):
        make_proposal(stale, by=world.reporter, on=TODAY, party=world.heideveld, key=uuid4())
