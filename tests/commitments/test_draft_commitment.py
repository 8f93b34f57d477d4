"""A coordinator adds a commitment to a jaarschijf that is still a draft."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from agreements.access.refusals import Refused
from agreements.commitments.models import Commitment
from agreements.commitments.operations import draft_commitment
from agreements.history.models import Provenance
from tests.commitments.answers import new_answers
from tests.world import PASSWORD, TODAY, an_indicator

ADDRESS = "/jaarschijven/2018/nieuwe-afspraak/"


def test_the_form_starts_with_the_first_free_number_and_the_end_of_the_year(world, visit):
    page = visit(world.coordinator).get(ADDRESS).content.decode()
    assert 'value="18-02"' in page
    assert 'value="31-12-2018"' in page


def test_a_new_commitment_holds_all_that_was_filled_in(world, visit):
    goal = {"indicator": str(an_indicator("nieuw").pk), "direction": "at_least", "target_value": "20"}
    figures = {"out_of": "120", "baseline": "0", "plan_2": "10", "plan_4": "20"}
    help_ = {"contributor_0": str(world.municipality.pk), "contribution_0": "Wijst een locatie aan."}
    waits = {"depends_on": str(world.draft.pk), "needs": "De gemeente wijst een locatie aan."}
    client = visit(world.coordinator)
    answer = client.post(
        ADDRESS, new_answers(world, article="artikel 3", **goal, **figures, **help_, **waits)
    )
    assert (answer.status_code, answer["Location"]) == (303, "/afspraken/18-02/")
    made = Commitment.objects.get(code="18-02")
    assert (made.article, made.depends_on, made.provenance) == ("artikel 3", world.draft, "own")
    assert [(row.party, row.what) for row in made.contributions.all()] == [
        (world.municipality, "Wijst een locatie aan.")
    ]
    assert (made.target.value, made.target.out_of, made.target.baseline) == (20, 120, 0)
    assert [(step.on, step.value) for step in made.target.plan.all()] == [
        (date(2018, 6, 30), Decimal(10)),
        (date(2018, 12, 31), Decimal(20)),
    ]
    page = client.get("/afspraken/18-02/").content.decode()
    for shown in ("De gemeente wijst een locatie aan.", "Wijst een locatie aan.", "artikel 3", "Nulmeting"):
        assert shown in page
    assert "(De gemeente wijst een locatie aan.)" in client.get("/afspraken/18-01/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"code": "18-01"}, "Nummer 18-01 is al gebruikt. Het eerste vrije nummer is 18-02."),
        ({"code": "17-90"}, "Schrijf het nummer zo: 18-02."),
        ({"code": "18-2x"}, "Schrijf het nummer zo: 18-02."),
        ({"order": "eerst"}, "Vul een heel getal van 0 tot en met 9999 in."),
        ({"title": ""}, "Vul ‘Titel in gewone taal’ in."),
        ({"needs": "Een locatie."}, "Kies de afspraak die eerst klaar moet zijn"),
        ({"contribution_0": "Helpt mee."}, "Kies een partij, of maak ook het vak ernaast leeg."),
    ],
)
def test_a_wrong_answer_gets_a_sentence_and_nothing_is_kept(world, visit, wrong, sentence):
    answer = visit(world.coordinator).post(ADDRESS, new_answers(world, **wrong))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Commitment.objects.filter(year_slice__year=2018).count() == 1


def test_asking_for_advice_saves_nothing_and_keeps_what_was_typed(world, visit):
    given = new_answers(world, text="Heideveld streeft naar woningen.", check="ja")
    answer = visit(world.coordinator).post(ADDRESS, given)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Deze woorden zijn zacht: ‘streeft’." in page
    assert "Heideveld streeft naar woningen." in page
    assert not Commitment.objects.filter(code="18-02").exists()


def test_the_session_ends_while_typing_and_every_row_is_still_there(world, client):
    typed = new_answers(world, text="Hier heb ik een uur aan gewerkt.", plan_2="10")
    typed |= {"contributor_4": str(world.municipality.pk), "contribution_4": "Wijst een locatie aan."}
    assert client.post(ADDRESS, typed).status_code == 302
    client.post("/account/login/", {"login": world.coordinator.email, "password": PASSWORD})
    page = client.get(ADDRESS).content.decode()
    assert "Hier heb ik een uur aan gewerkt." in page
    assert "Wijst een locatie aan." in page
    assert 'name="contributor_4"' in page


def test_a_link_can_give_the_first_answers(world, visit):
    page = visit(world.coordinator).get(f"{ADDRESS}?title=Een+agendapunt").content.decode()
    assert 'value="Een agendapunt"' in page
    assert 'value="18-02"' in page


def test_only_coordinators_draft_and_only_in_a_draft(world, visit):
    for name in ("reporter", "director", "chair", "councillor", "stranger"):
        assert visit(world.cast[name]).get(ADDRESS).status_code == 403, name
    client = visit(world.coordinator)
    assert client.get(ADDRESS).status_code == 200
    assert client.get("/jaarschijven/2017/nieuwe-afspraak/").status_code == 403
    assert client.get("/jaarschijven/2030/nieuwe-afspraak/").status_code == 404
    assert ADDRESS in client.get("/jaarschijven/2018/").content.decode()
    assert ADDRESS not in visit(world.reporter).get("/jaarschijven/2018/").content.decode()


def drafted(world, **fields):
    usual = {"code": "18-02", "theme": world.draft.theme, "lead": world.heideveld, "kind": "hard"}
    return draft_commitment(
        world.draft.year_slice,
        by=world.coordinator,
        on=TODAY,
        **{**usual, "title": "Titel", "text": "Tekst", **fields},
    )


def test_the_phase_is_asked_again_when_it_is_saved(world):
    """Somebody adopted the year while the form was open: the row in hand still says it is a draft."""
    type(world.draft.year_slice).objects.filter(year=2018).update(phase="adopted", adopted_on=TODAY)
    with pytest.raises(Refused, match="Jaarschijf 2018 staat op ‘vastgesteld’"):
        drafted(world)


def test_who_is_no_party_to_the_agreement_cannot_lead_or_contribute(world):
    world.boekweit.signatures.all().delete()
    with pytest.raises(ValidationError) as caught:
        drafted(world, lead=world.boekweit)
    assert "Geen partij bij deze prestatieafspraken" in caught.value.message_dict["lead"][0]
    with pytest.raises(ValidationError) as caught:
        drafted(world, contributors=[(world.boekweit, "Helpt.")])
    assert "Woningcorporatie De Boekweit" in caught.value.message_dict["contributors"][0]
    assert not Commitment.objects.filter(code="18-02").exists()


def test_what_an_invented_party_promises_is_labelled_as_example(world):
    world.heideveld.provenance = Provenance.EXAMPLE
    assert drafted(world).provenance == Provenance.EXAMPLE
