"""Adopted text changes by an amendment that every party concerned accepts, and the original stays in sight."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from agreements.access.refusals import Refused
from agreements.commitments.models import Amendment, AmendmentAnswer, Commitment
from agreements.commitments.operations import (
    answer_amendment,
    edit_commitment,
    propose_amendment,
    withdraw_amendment,
)
from agreements.commitments.permissions import parties_concerned
from agreements.history.queries import broken_links, timeline
from agreements.workspace.queries import count_tasks, tasks_of
from tests.world import TODAY, World, an_amendment, an_update

ADDRESS = "/afspraken/17-01/wijzigen/"
REASON = "De bouw ligt stil omdat de grond niet schoon is."


def answers(world: World, **changed: str) -> dict[str, str]:
    """What the form of `homes` sends when nothing is changed but the target."""
    homes = Commitment.objects.get(pk=world.homes.pk)
    usual = {
        "version": str(homes.version),
        "title": homes.title,
        "text": homes.text,
        "direction": "at_least",
        "target_value": "70",
        "deadline": "31-12-2017",
        "lead": str(homes.lead_id),
        "reason": REASON,
    }
    return {**usual, **changed}


def in_force(world: World, **changes) -> Amendment:
    """An amendment of `homes` that both other parties accepted."""
    amendment = an_amendment(world, **changes)
    answer_amendment(amendment, by=world.coordinator, on=TODAY, outcome="accepted")
    return answer_amendment(amendment, by=world.chair, on=TODAY, outcome="accepted")


def homes(world: World) -> Commitment:
    return Commitment.objects.with_everything().get(pk=world.homes.pk)


def test_a_proposal_changes_nothing_and_gives_the_others_a_task(world, visit):
    before = [count_tasks(user) for user in (world.coordinator, world.chair, world.director)]
    answer = visit(world.reporter).post(ADDRESS, answers(world))
    assert (answer.status_code, answer["Location"]) == (303, "/afspraken/17-01/#wijzigingen")
    amendment = Amendment.objects.get()
    assert (amendment.state, amendment.party, amendment.changes()) == (
        "open",
        world.heideveld,
        {"target_value": Decimal(70)},
    )
    assert [a.party.key for a in amendment.answers.all()] == ["gh", "hrh"]
    assert homes(world).target.value == 84
    for user in (world.coordinator, world.chair, world.director):
        del user._task_count
    after = [count_tasks(user) for user in (world.coordinator, world.chair, world.director)]
    assert after == [before[0] + 1, before[1] + 1, before[2]], "the party that proposed it does not answer"
    assert any(task.sentence.startswith("Antwoord op een wijziging") for task in tasks_of(world.chair))
    page = visit(world.chair).get("/mijn-taken/").content.decode()
    assert f'href="/wijzigingen/{amendment.pk}/"' in page


def test_when_all_accept_it_is_in_force_and_the_original_stays_in_sight(world, visit):
    amendment = an_amendment(world, target_value=Decimal(70), deadline=date(2017, 12, 1))
    page = visit(world.coordinator).get(f"/wijzigingen/{amendment.pk}/").content.decode()
    assert REASON in page
    assert "verwijderd: </span>84" in page
    assert "toegevoegd: </span>70" in page
    given = {"outcome": "accepted"}
    assert visit(world.coordinator).post(f"/wijzigingen/{amendment.pk}/", given).status_code == 303
    assert homes(world).target.value == 84, "the tenants did not answer yet"
    assert visit(world.chair).post(f"/wijzigingen/{amendment.pk}/", given).status_code == 303
    now = homes(world)
    assert (now.target.value, now.target.original, now.deadline) == (70, 84, date(2017, 12, 1))
    assert now.version == 2
    amendment.refresh_from_db()
    assert (amendment.state, amendment.decided_on) == ("in_force", TODAY)
    assert list(broken_links()) == []
    visitor = visit()
    assert "oorspronkelijk 84 – nu 70" in visitor.get("/afspraken/").content.decode()
    page = visitor.get("/afspraken/17-01/").content.decode()
    assert "oorspronkelijk 84 – nu 70" in page
    assert "(oorspronkelijk 31\N{NO-BREAK SPACE}december 2017)" in page
    assert "Wijziging 1: van kracht sinds 15\N{NO-BREAK SPACE}november 2017" in page


def test_a_second_amendment_keeps_the_first_original(world):
    in_force(world, target_value=Decimal(70))
    in_force(world, target_value=Decimal(60))
    target = homes(world).target
    assert (target.original, target.value) == (84, 60)
    in_force(world, target_value=Decimal(84))
    assert not homes(world).target.is_amended, "back at what was signed"


def test_an_amended_text_is_found_by_its_new_words(world, visit):
    in_force(world, text="Woonstichting Heideveld levert 84 flexwoningen op.")
    assert "17-01" in visit().get("/afspraken/?q=flexwoningen").content.decode()


def test_one_refusal_refuses_it_and_says_why(world, visit):
    amendment = an_amendment(world, target_value=Decimal(70))
    client, address = visit(world.chair), f"/wijzigingen/{amendment.pk}/"
    answer = client.post(address, {"outcome": "refused"})
    assert answer.status_code == 422
    assert "Schrijf op waarom uw organisatie niet akkoord gaat." in answer.content.decode()
    assert client.post(address, {"outcome": "refused", "reason": "Er is te weinig."}).status_code == 303
    amendment.refresh_from_db()
    assert amendment.state == "refused"
    assert homes(world).target.value == 84
    page = visit().get("/afspraken/17-01/").content.decode()
    assert "Wijziging 1: afgewezen" in page
    assert "Er is te weinig." in page
    answer = visit(world.coordinator).post(address, {"outcome": "accepted"})
    assert answer.status_code == 403
    assert "Over deze wijziging is al besloten: afgewezen." in answer.content.decode()


def test_the_proposer_takes_it_back_after_a_question(world, visit):
    amendment = an_amendment(world, target_value=Decimal(70))
    address = f"/wijzigingen/{amendment.pk}/intrekken/"
    assert visit(world.coordinator).post(address).status_code == 403, "only the party that proposed it"
    client = visit(world.director)
    assert "Dit kunt u niet ongedaan maken." in client.get(address).content.decode()
    assert client.post(address).status_code == 303
    amendment.refresh_from_db()
    assert amendment.state == "withdrawn"
    assert client.post(address).status_code == 403
    an_amendment(world, target_value=Decimal(75))
    assert Amendment.objects.filter(state="open").get().number == 2


def test_while_one_is_open_a_second_gets_a_sentence_and_keeps_what_was_typed(world, visit):
    an_amendment(world, target_value=Decimal(70))
    client = visit(world.coordinator)
    page = client.get(ADDRESS).content.decode()
    assert "Er loopt al een wijzigingsvoorstel voor deze afspraak." in page
    assert "<textarea" not in page
    answer = client.post(ADDRESS, answers(world, text="Dit had ik al getypt."))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Wacht tot alle partijen hebben geantwoord" in page
    assert "Dit had ik al getypt." in page
    assert Amendment.objects.count() == 1


def test_a_proposal_on_an_older_version_is_refused(world, visit):
    old = answers(world)
    in_force(world, deadline=date(2017, 12, 1))
    answer = visit(world.reporter).post(ADDRESS, old)
    assert answer.status_code == 409
    assert "Deze afspraak is intussen gewijzigd." in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"target_value": "84"}, "Alles staat er al zo. Verander minstens één antwoord."),
        ({"target_value": "veel"}, "Vul een getal in"),
        ({"deadline": ""}, "Beantwoord de vraag ‘Wanneer moet het klaar zijn?’"),
        ({"deadline": "1-3-2018"}, "Deze jaarschijf gaat over 2017. Vul een datum in 2017 in."),
        ({"direction": "yes_no"}, "Kies een van de antwoorden"),
        ({"lead": "999999"}, "Kies een van de antwoorden"),
        ({"reason": "Kan niet."}, "20 tekens"),
    ],
)
def test_a_wrong_answer_gets_a_sentence(world, visit, wrong, sentence):
    answer = visit(world.reporter).post(ADDRESS, answers(world, **wrong))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Amendment.objects.exists()


def test_a_new_lead_and_its_tenants_decide_too(world):
    amendment = an_amendment(world, lead=world.boekweit)
    assert [answer.party.key for answer in amendment.answers.all()] == ["gh", "hrh", "bw"]


def test_a_promise_of_one_party_only_concerns_all_who_signed(world):
    Commitment.objects.filter(pk=world.homes.pk).update(lead=world.municipality)
    world.homes.contributions.all().delete()
    assert [party.key for party in parties_concerned(homes(world))] == ["gh", "bw", "hv"]


def test_someone_of_no_party_concerned_is_refused(world, visit):
    amendment = an_amendment(world, target_value=Decimal(70))
    for name in ("stranger", "councillor"):
        assert visit(world.cast[name]).get(ADDRESS).status_code == 403, name
    assert visit(world.stranger).get(f"/wijzigingen/{amendment.pk}/").status_code == 403
    assert visit(world.reporter).get(f"/wijzigingen/{amendment.pk}/").status_code == 403
    assert visit(world.councillor).get(f"/wijzigingen/{amendment.pk}/").status_code == 404


def test_an_open_proposal_is_between_the_parties(world, visit):
    an_amendment(world, target_value=Decimal(70))
    assert REASON in visit(world.stranger).get("/afspraken/17-01/").content.decode()
    for visitor in (visit(), visit(world.councillor)):
        page = visitor.get("/afspraken/17-01/").content.decode()
        assert REASON not in page
        assert "Wijziging 1" not in page


def test_a_draft_is_edited_not_amended(world):
    with pytest.raises(Refused, match="Een wijzigingsvoorstel kan daarna"):
        propose_amendment(
            world.draft, by=world.reporter, on=TODAY, version=1, changes={"text": "Anders."}, reason=REASON
        )


def test_after_the_year_is_closed_nobody_answers(world):
    amendment = an_amendment(world, target_value=Decimal(70))
    world.homes.year_slice.phase = "closed"
    world.homes.year_slice.save()
    with pytest.raises(Refused, match="Antwoorden kan niet meer"):
        answer_amendment(amendment, by=world.coordinator, on=TODAY, outcome="accepted")
    with pytest.raises(Refused, match="is afgesloten"):
        an_amendment(world, text="Nog iets anders.")


def test_a_party_answers_once(world):
    amendment = an_amendment(world, target_value=Decimal(70))
    answer_amendment(amendment, by=world.coordinator, on=TODAY, outcome="accepted")
    with pytest.raises(Refused, match="heeft al geantwoord: akkoord"):
        answer_amendment(amendment, by=world.colleague, on=TODAY, outcome="refused", reason="Toch niet.")
    assert AmendmentAnswer.objects.get(party=world.municipality).answered_by == world.coordinator


def test_history_tells_the_whole_story(world):
    in_force(world, target_value=Decimal(70))
    verbs = [event.verb for event in timeline(world.homes)][:4]
    assert verbs == [
        "commitments.amended",
        "commitments.amendment_answered",
        "commitments.amendment_answered",
        "commitments.amendment_proposed",
    ]
    assert timeline(world.homes)[0].data["after"]["target_value"] == "70"


def test_progress_goes_on_against_the_new_target(world, visit):
    in_force(world, target_value=Decimal(70))
    an_update(world, value=52)
    assert "52 van 70 woningen" in visit().get("/afspraken/").content.decode()


def test_what_has_no_figure_has_no_target_to_change(world, visit):
    assert (
        'name="target_value"' not in visit(world.reporter).get("/afspraken/17-02/wijzigen/").content.decode()
    )
    world.homes.target.delete()
    with pytest.raises(ValidationError, match="geen doel"):
        an_amendment(world, target_value=Decimal(70))


def test_editing_stays_refused_after_an_amendment(world):
    in_force(world, target_value=Decimal(70))
    with pytest.raises(Refused, match="kan alleen in de fasen bod en concept"):
        edit_commitment(homes(world), by=world.coordinator, on=TODAY, version=2, changes={"text": "Stil."})


def test_the_session_ends_while_typing_and_the_proposal_is_still_there(world, client):
    client.post(ADDRESS, answers(world, reason="Hier heb ik lang over nagedacht."))
    client.post("/account/login/", {"login": world.director.email, "password": "een-lang-wachtwoord-2017"})
    assert "Hier heb ik lang over nagedacht." in client.get(ADDRESS).content.decode()


def test_withdrawing_is_refused_once_decided(world):
    amendment = in_force(world, target_value=Decimal(70))
    with pytest.raises(Refused, match="al besloten: van kracht"):
        withdraw_amendment(amendment, by=world.reporter, on=TODAY)
