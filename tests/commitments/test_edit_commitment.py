"""Editing a draft: what is saved, what is refused, and what happens when two people do it at once."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from agreements.commitments.models import Commitment
from agreements.commitments.operations import EditConflict, edit_commitment
from agreements.history.queries import timeline
from tests.commitments.answers import answers, new_answers
from tests.world import TODAY, an_indicator

ADDRESS = "/afspraken/18-01/bewerken/"


def test_a_coordinator_changes_the_text_and_everyone_sees_who_and_why(world, visit):
    client = visit(world.coordinator)
    answer = client.post(ADDRESS, answers(world, text="Heideveld levert 65 woningen op.", why="Meer geld."))
    assert (answer.status_code, answer["Location"]) == (303, "/afspraken/18-01/")
    page = client.get("/afspraken/18-01/").content.decode()
    assert "Heideveld levert 65 woningen op." in page
    assert "Afspraak 18-01 aangepast: letterlijke tekst." in page
    assert "Reden: Meer geld." in page
    assert "Heideveld levert 60 woningen op." in page, "the older text stays readable"


def test_a_target_is_added_and_taken_away(world, visit):
    homes = an_indicator("nieuw")
    client = visit(world.coordinator)
    goal = {"indicator": str(homes.pk), "direction": "at_least", "target_value": "1.250"}
    client.post(ADDRESS, answers(world, **goal))
    assert Commitment.objects.get(code="18-01").target.value == Decimal(1250)
    client.post(ADDRESS, answers(world))
    assert Commitment.objects.get(code="18-01").measure is None


def test_saving_what_is_already_there_records_nothing(world, visit):
    before = timeline(world.draft).count()
    visit(world.coordinator).post(ADDRESS, answers(world))
    assert timeline(world.draft).count() == before
    assert Commitment.objects.get(pk=world.draft.pk).version == 1


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("title", "", "Vul ‘Titel in gewone taal’ in."),
        ("title", "x" * 151, "Gebruik bij ‘Titel in gewone taal’ hoogstens 150 tekens. U gebruikte er 151."),
        ("text", "y" * 4001, "Gebruik bij ‘Letterlijke tekst’ hoogstens 4000 tekens. U gebruikte er 4001."),
        ("deadline", "31-12-2019", "Deze jaarschijf gaat over 2018. Vul een datum in 2018 in."),
        ("deadline", "31 februari 2018", "De datum ‘31 februari 2018’ bestaat niet."),
        ("target_value", "abc", "Vul een getal in, bijvoorbeeld 31 of 12,5. U vulde ‘abc’ in."),
        ("target_value", "12", "Vul ook dit in, of maak alle drie de vragen over het doel leeg."),
    ],
)
def test_a_wrong_answer_gets_a_sentence_and_nothing_typed_is_lost(world, visit, field, typed, sentence):
    given = answers(world, **{"why": "Dit typte ik.", field: typed})
    answer = visit(world.coordinator).post(ADDRESS, given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Dit typte ik." in page
    assert (typed or given["text"]) in page
    assert "<title>Fout: " in page
    assert Commitment.objects.get(pk=world.draft.pk).version == 1


def test_a_hidden_field_cannot_change_what_the_form_does_not_ask(world, visit):
    visit(world.coordinator).post(
        ADDRESS, answers(world, code="99-99", status="achieved", provenance="sourced")
    )
    commitment = Commitment.objects.get(pk=world.draft.pk)
    assert (commitment.code, commitment.status, commitment.provenance) == ("18-01", "no_data", "own")


def test_the_second_of_two_sees_both_texts_and_nothing_is_lost(world, visit):
    mine = answers(world, text="Dit is mijn tekst.", title="Mijn titel")
    visit(world.coordinator).post(ADDRESS, answers(world, text="De collega was eerder."))
    client = visit(world.colleague)
    answer = client.post(ADDRESS, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "De collega was eerder." in page
    assert "Dit is mijn tekst." in page
    assert Commitment.objects.get(pk=world.draft.pk).text == "De collega was eerder."

    assert "choice_title" not in page, "the colleague did not touch the title: mine stays mine"
    mine |= {"version": "2", "choice_text": "theirs"}
    assert client.post(ADDRESS, mine).status_code == 303
    commitment = Commitment.objects.get(pk=world.draft.pk)
    assert (commitment.text, commitment.title) == ("De collega was eerder.", "Mijn titel")


def test_what_only_the_other_changed_stays_as_the_other_made_it(world, visit):
    mine = answers(world, text="Dit is mijn tekst.")
    visit(world.coordinator).post(ADDRESS, answers(world, title="Titel van de collega"))
    client = visit(world.colleague)
    page = client.post(ADDRESS, mine).content.decode()
    assert '<input type="hidden" name="choice_title" value="theirs">' in page
    assert client.post(ADDRESS, {**mine, "version": "2", "choice_title": "theirs"}).status_code == 303
    commitment = Commitment.objects.get(pk=world.draft.pk)
    assert (commitment.title, commitment.text) == ("Titel van de collega", "Dit is mijn tekst.")


def test_in_a_conflict_the_choice_must_be_made(world, visit):
    """Without a choice the newest version number alone would overwrite the other's text unseen."""
    mine = answers(world, text="Dit is mijn tekst.")
    visit(world.coordinator).post(ADDRESS, answers(world, text="De collega was eerder."))
    client = visit(world.colleague)
    client.post(ADDRESS, mine)
    for _ in range(2):
        answer = client.post(ADDRESS, {**mine, "version": "2", "disputed": "text"})
        assert answer.status_code == 409
        assert "Kies welke tekst blijft" in answer.content.decode()
        assert 'name="choice_text" value="theirs"' in answer.content.decode()
    assert Commitment.objects.get(pk=world.draft.pk).text == "De collega was eerder."


def test_contributors_are_added_changed_and_taken_away(world, visit):
    client = visit(world.coordinator)
    gemeente, boekweit = str(world.municipality.pk), str(world.boekweit.pk)
    two = {"contributor_0": boekweit, "contribution_0": "Ruilt grond."}
    two |= {"contributor_1": gemeente, "contribution_1": "Geeft een vergunning."}
    client.post(ADDRESS, answers(world, **two))
    assert {row.what for row in world.draft.contributions.all()} == {"Geeft een vergunning.", "Ruilt grond."}
    assert 'name="contributor_3"' in client.get(ADDRESS).content.decode(), "two blank rows after those there"
    client.post(ADDRESS, answers(world, contributor_0=boekweit, contribution_0="Ruilt alle grond."))
    assert [row.what for row in world.draft.contributions.all()] == ["Ruilt alle grond."]
    page = client.get("/afspraken/18-01/").content.decode()
    assert "Afspraak 18-01 aangepast: wie werkt mee." in page
    assert "Woningcorporatie De Boekweit: Ruilt grond." in page, "what stood there stays readable"


GOAL = {"direction": "at_least", "target_value": "20"}


@pytest.mark.parametrize(
    ("indicator", "typed", "sentence"),
    [
        ({}, {"target_value": "130", "out_of": "120"}, "In totaal zijn er 120. Vul 120 of minder in."),
        ({}, {"plan_4": "121", "out_of": "120"}, "In totaal zijn er 120. Vul 120 of minder in."),
        (
            {"value_kind": "percentage"},
            {"target_value": "101"},
            "Meer dan 100 procent kan niet. Vul 100 of minder in.",
        ),
        ({}, {"plan_1": "10", "plan_2": "9"}, "Dit moet dan 10 of meer zijn."),
        ({"value_kind": "yes_no"}, {}, "Telt u ja of nee? Kies dan ‘gedaan of niet’."),
        ({}, {"direction": "yes_no"}, "Telt u ja of nee? Kies dan ‘gedaan of niet’."),
        ({"value_kind": "yes_no"}, {"direction": "yes_no"}, "Vul 1 in: het gaat om gedaan of niet gedaan."),
    ],
)
def test_a_target_that_cannot_be_is_refused(world, visit, indicator, typed, sentence):
    given = answers(world, indicator=str(an_indicator("nieuw", **indicator).pk), **{**GOAL, **typed})
    answer = visit(world.coordinator).post(ADDRESS, given)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Commitment.objects.get(code="18-01").measure is None


def test_figures_without_a_target_are_asked_about(world, visit):
    answer = visit(world.coordinator).post(ADDRESS, answers(world, baseline="12"))
    assert "Kies ook wat u telt, de richting en het doel." in answer.content.decode()


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("hv", "Woonstichting Heideveld voert de afspraak al uit."),
        ("bw bw", "Een partij staat er twee keer bij."),
    ],
)
def test_contributors_that_cannot_be_are_refused(world, visit, rows, sentence):
    parties = {"hv": world.heideveld, "bw": world.boekweit}
    typed = {}
    for number, key in enumerate(rows.split()):
        typed |= {f"contributor_{number}": str(parties[key].pk), f"contribution_{number}": "Helpt."}
    answer = visit(world.coordinator).post(ADDRESS, answers(world, **typed))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not world.draft.contributions.exists()


def test_steps_of_the_plan_on_other_days_stay(world, visit):
    homes = an_indicator("nieuw")
    goal = {"indicator": str(homes.pk), **GOAL}
    client = visit(world.coordinator)
    client.post(ADDRESS, answers(world, **goal, plan_1="5"))
    Commitment.objects.get(code="18-01").target.plan.create(on=date(2018, 5, 1), value=Decimal(7))
    client.post(ADDRESS, answers(world, **goal, plan_2="10"))
    plan = Commitment.objects.get(code="18-01").target.plan.all()
    assert [(step.on, step.value) for step in plan] == [(date(2018, 5, 1), 7), (date(2018, 6, 30), 10)]


def test_commitments_cannot_wait_for_each_other_in_a_circle(world, visit):
    client = visit(world.coordinator)
    for code, waits_for in (("18-02", "18-01"), ("18-03", "18-02")):
        other = str(Commitment.objects.get(code=waits_for).pk)
        given = new_answers(world, code=code, depends_on=other, needs="Een locatie.")
        assert client.post("/jaarschijven/2018/nieuwe-afspraak/", given).status_code == 303
    last = str(Commitment.objects.get(code="18-03").pk)
    answer = client.post(ADDRESS, answers(world, depends_on=last, needs="Een locatie."))
    assert answer.status_code == 422
    circle = "18-01 wacht op 18-03 wacht op 18-02 wacht op 18-01"
    assert f"Dit wordt een kring: {circle}." in answer.content.decode()
    assert Commitment.objects.get(code="18-01").depends_on is None


def test_a_commitment_only_waits_for_one_of_the_same_year(world):
    changes = {"depends_on": world.homes, "needs": "Een locatie."}
    with pytest.raises(ValidationError, match="Kies een afspraak van 2018 die niet is ingetrokken"):
        edit_commitment(world.draft, by=world.coordinator, on=TODAY, version=1, changes=changes)
    assert Commitment.objects.get(pk=world.draft.pk).version == 1


def test_waiting_for_what_was_withdrawn_is_pointed_out(world, visit):
    client = visit(world.coordinator)
    first = new_answers(world, depends_on=str(world.draft.pk), needs="Een locatie.")
    client.post("/jaarschijven/2018/nieuwe-afspraak/", first)
    client.post("/afspraken/18-01/intrekken/", {"reason": "De grond is niet te koop."})
    page = client.get("/afspraken/18-02/").content.decode()
    assert "Deze afspraak wacht op 18-01, maar die is ingetrokken." in page


def test_in_a_conflict_contributors_are_one_choice(world, visit):
    gemeente, boekweit = str(world.municipality.pk), str(world.boekweit.pk)
    mine = answers(world, contributor_0=boekweit, contribution_0="Ruilt grond.")
    theirs = answers(world, contributor_0=gemeente, contribution_0="Geeft een vergunning.")
    visit(world.coordinator).post(ADDRESS, theirs)
    client = visit(world.colleague)
    answer = client.post(ADDRESS, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Gemeente Hilversum: Geeft een vergunning." in page
    assert "Woningcorporatie De Boekweit: Ruilt grond." in page
    choice = {"version": "2", "disputed": "contributors", "choice_contributors": "theirs"}
    assert client.post(ADDRESS, {**mine, **choice}).status_code == 303
    assert [row.party for row in world.draft.contributions.all()] == [world.municipality]


def test_the_operation_refuses_an_old_version(world):
    change = {"title": "Eerste"}
    edit_commitment(world.draft, by=world.coordinator, on=TODAY, version=1, changes=change)
    with pytest.raises(EditConflict) as caught:
        edit_commitment(world.draft, by=world.colleague, on=TODAY, version=1, changes={"title": "Tweede"})
    assert caught.value.current.title == "Eerste"


def test_the_session_ends_while_typing_and_the_text_is_still_there(world, client):
    typed = answers(world, text="Hier heb ik een uur aan gewerkt.", deadline="1 juli 2018")
    answer = client.post(ADDRESS, typed)
    assert answer.status_code == 302
    client.post("/account/login/", {"login": world.coordinator.email, "password": "een-lang-wachtwoord-2017"})
    page = client.get(ADDRESS).content.decode()
    assert "Hier heb ik een uur aan gewerkt." in page
    assert "1 juli 2018" in page
    assert "Hier heb ik een uur aan gewerkt." not in client.get(ADDRESS).content.decode(), "only once"


def test_deadline_is_read_from_dutch(world, visit):
    visit(world.coordinator).post(ADDRESS, answers(world, deadline="1 juli 2018"))
    assert Commitment.objects.get(pk=world.draft.pk).deadline == date(2018, 7, 1)
