"""One figure on a page: what a party concerned may say of it, and what happens when somebody was first."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from agreements.access.refusals import Refused
from agreements.history.queries import broken_links, timeline
from agreements.progress.models import (
    Assessment,
    Judgement,
    ProgressUpdate,
    assessable_on,
    last_day_to_assess,
)
from agreements.progress.operations import assess_progress
from tests.world import PASSWORD, TODAY, a_board_member, an_assessment, an_update

ADDRESS = "/oordelen/2017-K3/17-01/"
WHY = "De oplevering van blok 2 ligt stil."


def answers(world, verdict: str = "disagreed", text: str = WHY, seen: str = "1.0", **changed: str):
    pk = world.homes.pk
    return {f"verdict_{pk}": verdict, f"text_{pk}": text, f"seen_{pk}": seen, **changed}


def test_a_board_member_judges_and_says_when_the_board_decided(world, visit):
    an_update(world)
    client = visit(world.chair)
    page = client.get(ADDRESS).content.decode()
    assert "1 van 1" in page
    assert "Wat vindt uw organisatie van dit cijfer?" in page
    given = answers(world, decided_on="13-11-2017", body="de ledenraad")
    answer = client.post(ADDRESS, given)
    assert (answer.status_code, answer["Location"]) == (303, "/oordelen/2017-K3/"), "it was the last one"
    found = Assessment.objects.get()
    assert (found.party.key, found.verdict, found.text, found.number) == ("hrh", "disagreed", WHY, 1)
    assert (found.decided_on, found.body, found.given_by) == (date(2017, 11, 13), "de ledenraad", world.chair)
    page = client.get("/afspraken/17-01/").content.decode().replace("\xa0", " ")
    assert "Vastgesteld door de ledenraad op 13 november 2017." in page
    assert "Gegeven door: Voorzitter huurders, namens Huurdersraad Heideveld." in page
    assert "Verschil van inzicht" in page
    assert "Nog niet gereageerd:</strong> Gemeente Hilversum" in page
    assert world.homes.__class__.objects.get(pk=world.homes.pk).status == "on_track", "the claim stays"
    assert timeline(world.homes)[0].verb == "progress.assessed"
    assert list(broken_links()) == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"verdict": ""}, "Beantwoord de vraag ‘Wat vindt uw organisatie van dit cijfer?’"),
        ({"verdict": "weet niet"}, "Kies een van de antwoorden"),
        ({"text": ""}, "Schrijf op waarom u bij 17-01 ‘Niet akkoord’ kiest."),
        ({"verdict": "remark", "text": "  "}, "Schrijf op waarom u bij 17-01 ‘Met kanttekening’ kiest."),
        ({"verdict": "agreed"}, "maar u schreef er iets bij"),
        ({"text": "x" * 10_000}, "hoogstens 2000 tekens. U gebruikte er 10000."),
        ({"text": "Met een \x00 erin."}, "In de tekst staat een teken"),
        ({"decided_on": "16-11-2017"}, "Deze dag is nog niet geweest."),
        ({"decided_on": "1-1-2017"}, "De ronde begon op"),
        ({"decided_on": "gisteren"}, "Vul een datum in"),
        ({"body": "de ledenraad"}, "Vul ook in op welke dag dit is vastgesteld."),
    ],
    ids=lambda given: str(given)[:40],
)
def test_a_wrong_answer_gets_a_sentence_and_nothing_typed_is_lost(world, visit, wrong, sentence):
    an_update(world)
    given = answers(world, **wrong)
    answer = visit(world.chair).post(ADDRESS, given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Uw oordeel is nog niet bewaard." in page
    assert given[f"text_{world.homes.pk}"].strip().replace("\x00", "")[:12] in page.replace("\x00", "")
    assert not Assessment.objects.exists()


def test_a_changed_mind_is_a_new_version_and_the_old_one_stays_readable(world, visit):
    an_update(world)
    client = visit(world.chair)
    client.post(ADDRESS, answers(world))
    assert client.post(ADDRESS, answers(world, "agreed", "", seen="1.1")).status_code == 303
    assert list(Assessment.objects.values_list("number", "verdict")) == [(1, "disagreed"), (2, "agreed")]
    page = client.get("/afspraken/17-01/").content.decode()
    assert "1 eerder oordeel van Huurdersraad Heideveld" in page
    assert WHY in page
    assert "Verschil van inzicht" not in page


def test_sending_the_same_form_twice_gives_one_judgement(world, visit):
    an_update(world)
    client = visit(world.chair)
    for _ in range(2):
        assert client.post(ADDRESS, answers(world)).status_code == 303
    assert Assessment.objects.count() == 1


def test_a_correction_keeps_the_judgement_with_its_figure_and_the_task_comes_back(world, visit):
    an_assessment(an_update(world, value=52), by=world.chair)
    an_update(world, value=50)
    client = visit(world.chair)
    page = client.get("/afspraken/17-01/").content.decode().replace("\xa0", " ")
    assert (
        "Dit is een oordeel over het cijfer van 15 november 2017 (52 woningen). Daarna is het verbeterd."
        in page
    )
    assert "Verschil van inzicht" in page, "a correction does not wipe out a dissent"
    assert "Beoordeel 1 cijfer van Woonstichting Heideveld" in client.get("/mijn-taken/").content.decode()
    page = client.get(ADDRESS).content.decode()
    assert "U gaf eerder het oordeel ‘niet akkoord’." in page
    assert client.post(ADDRESS, answers(world, "agreed", "", seen="2.0")).status_code == 303
    assert "Verschil van inzicht" not in client.get("/afspraken/17-01/").content.decode()


def test_a_correction_that_arrives_while_judging_is_pointed_out_with_both_figures(world, visit):
    an_update(world, value=52)
    client = visit(world.chair)
    client.get(ADDRESS)
    an_update(world, value=50, status="at_risk")
    answer = client.post(ADDRESS, answers(world))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Woonstichting Heideveld heeft dit cijfer intussen verbeterd." in page
    assert "52 woningen, op koers" in page
    assert "50 woningen, aandacht nodig" in page
    assert WHY in page
    assert f'name="seen_{world.homes.pk}" value="2.0"' in page
    assert client.post(ADDRESS, answers(world, seen="2.0")).status_code == 303
    assert Assessment.objects.get().update.number == 2


def test_a_colleague_was_first_and_both_judgements_are_shown(world, visit):
    update = an_update(world)
    an_assessment(update, by=a_board_member(world), verdict="remark", text="Wij missen een blok.")
    answer = visit(world.chair).post(ADDRESS, answers(world))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Iemand van uw organisatie gaf intussen dit oordeel:" in page
    assert "Wij missen een blok." in page
    assert WHY in page
    assert visit(world.chair).post(ADDRESS, answers(world, seen="1.1")).status_code == 303
    assert Assessment.objects.count() == 2


@pytest.mark.parametrize("seen", ["", "9.9", "1", "-1.0", "1.0.0", "٣.٠", "x" * 5000])
def test_nonsense_in_the_hidden_field_is_a_conflict_never_an_error(world, visit, seen):
    an_update(world)
    assert visit(world.chair).post(ADDRESS, answers(world, seen=seen)).status_code == 409


def test_after_the_window_the_reason_is_told_and_the_text_is_not_lost(world, visit, settings):
    an_update(world)
    client = visit(world.chair)
    settings.TODAY = date(2017, 12, 9)
    page = client.get(ADDRESS).content.decode().replace("\xa0", " ")
    assert "Oordelen kon tot en met 8 december 2017." in page
    assert "Uw organisatie heeft niet gereageerd." in page
    answer = client.post(ADDRESS, answers(world))
    assert answer.status_code == 422
    assert "Uw oordeel is niet bewaard." in answer.content.decode()
    assert WHY in answer.content.decode()


def test_what_comes_late_still_gets_its_days(world, settings):
    update = an_update(world)
    assert last_day_to_assess(update) == date(2017, 12, 8)
    settings.TODAY = date(2017, 12, 20)
    late = an_update(world, value=60, on=date(2017, 12, 20))
    assert last_day_to_assess(late) == date(2018, 1, 3)
    world.round.assess_until = date(2018, 2, 1)
    world.round.save()
    late.refresh_from_db()
    assert last_day_to_assess(late) == date(2018, 2, 1)


def test_the_filter_of_the_database_and_the_rule_agree_on_every_day(world):
    updates = [an_update(world, value=50 + day, on=date(2017, 11, day)) for day in (20, 24, 25, 30)]
    for until in (None, date(2017, 11, 27)):
        world.round.assess_until = until
        world.round.save()
        for day in [date(2017, month, day) for month in (11, 12) for day in range(20, 31)]:
            found = set(ProgressUpdate.objects.filter(assessable_on(day)).values_list("pk", flat=True))
            fresh = ProgressUpdate.objects.select_related("round").filter(pk__in=[u.pk for u in updates])
            assert found == {u.pk for u in fresh if day <= last_day_to_assess(u)}, (until, day)


def test_who_executes_does_not_judge_its_own_figure(world, visit):
    update = an_update(world)
    for name in ("director", "reporter", "stranger", "councillor"):
        with pytest.raises(Refused):
            assess_progress(update, by=world.cast[name], on=TODAY, judgement=Judgement("agreed"))
    assert "van uw eigen organisatie" in visit(world.director).get(ADDRESS).content.decode()


def test_a_wrong_address_is_not_found(world, visit):
    client = visit(world.chair)
    for path in ("/oordelen/2017-K3/17-01/", "/oordelen/2017-K9/17-01/", "/oordelen/2017-K3/99-99/"):
        assert client.get(path).status_code == 404, "nothing was reported yet, or there is no such thing"


def test_the_session_ends_while_typing_and_the_judgement_is_still_there(world, client):
    an_update(world)
    client.post(ADDRESS, answers(world, text="Hier heb ik lang over nagedacht."))
    client.post("/account/login/", {"login": world.chair.email, "password": PASSWORD})
    page = client.get(ADDRESS).content.decode()
    assert "Hier heb ik lang over nagedacht." in page
    assert 'value="disagreed" id="id_verdict' in page.replace(" checked", "")


def test_the_database_refuses_a_dissent_without_a_reason(world):
    update = an_update(world)
    usual = {"update": update, "party": world.municipality, "given_on": TODAY, "given_by": world.chair}
    for wrong in ({"verdict": "disagreed", "text": ""}, {"verdict": "agreed", "body": "de ledenraad"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assessment.objects.create(number=1, **usual, **wrong)


def test_a_judgement_after_the_window_is_refused_by_the_operation_too(world):
    update = an_update(world, value=Decimal(52))
    with pytest.raises(ValidationError, match="kon tot en met"):
        assess_progress(update, by=world.chair, on=date(2017, 12, 9), judgement=Judgement("agreed"))
