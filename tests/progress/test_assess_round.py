"""All figures of a round in one table: one choice for everything, the exceptions, one submit."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.access.refusals import Refused
from agreements.commitments.models import Commitment
from agreements.history.models import Event
from agreements.parties.operations import add_member
from agreements.progress.models import Assessment, Claim, Judgement
from agreements.progress.operations import assess_round, submit_progress
from tests.world import SIGNED, TODAY, a_board_member, a_commitment, an_assessment, an_update, at_least

ADDRESS = "/oordelen/2017-K3/"


def many_figures(world, number: int, first: int = 50) -> list[Commitment]:
    """So many commitments of Heideveld with a figure each, from code 17-50 on."""
    made = []
    for place in range(first, first + number):
        commitment = a_commitment(world, f"17-{place}", target=at_least(10, world.homes.target.indicator))
        claim = Claim(status="on_track", value=Decimal(5), explanation="Het gaat zoals gepland.")
        submit_progress(commitment, by=world.reporter, on=TODAY, round=world.round, key=uuid4(), claim=claim)
        made.append(commitment)
    return made


def filled(commitments, **verdicts: str) -> dict[str, str]:
    """What the form sends: akkoord for all, unless told otherwise by code ("a17_50" -> "disagreed")."""
    typed = {}
    for commitment in commitments:
        verdict = verdicts.get(f"a{commitment.code.replace('-', '_')}", "agreed")
        typed[f"verdict_{commitment.pk}"] = verdict
        typed[f"text_{commitment.pk}"] = "" if verdict in ("agreed", "") else "Dit klopt niet."
        typed[f"seen_{commitment.pk}"] = "1.0"
    return typed


def test_everything_agreed_but_one_in_two_steps_and_one_submit(world, visit):
    commitments = many_figures(world, 5)
    client = visit(world.chair)
    typed = {f"seen_{c.pk}": "1.0" for c in commitments}
    typed |= {f"verdict_{c.pk}": "" for c in commitments} | {f"text_{c.pk}": "" for c in commitments}
    typed[f"verdict_{commitments[0].pk}"] = "remark"
    typed[f"text_{commitments[0].pk}"] = "Dit had ik al getypt."
    answer = client.post(ADDRESS, {**typed, "preset": "akkoord"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count('value="agreed" id="id_verdict') == 5
    assert page.count("checked") == 5
    assert "Dit had ik al getypt." in page
    assert not Assessment.objects.exists(), "a preset keeps nothing"
    answer = client.post(ADDRESS, filled(commitments, a17_52="disagreed"))
    assert answer.status_code == 303
    assert Assessment.objects.filter(verdict="agreed").count() == 4
    assert Assessment.objects.get(verdict="disagreed").update.commitment.code == "17-52"
    assert "5 oordelen zijn bewaard." in client.get(ADDRESS).content.decode()


def test_what_is_left_open_stays_silent(world, visit):
    commitments = many_figures(world, 3)
    typed = filled(commitments, a17_51="")
    assert visit(world.chair).post(ADDRESS, typed).status_code == 303
    assert Assessment.objects.count() == 2
    assert visit(world.chair).post(ADDRESS, {}).status_code == 422


def test_sent_twice_is_kept_once_and_unchanged_rows_make_no_version(world, visit):
    commitments = many_figures(world, 3)
    client, typed = visit(world.chair), filled(commitments)
    for _ in range(2):
        assert client.post(ADDRESS, typed).status_code == 303
    assert Assessment.objects.count() == 3
    assert Event.objects.filter(verb="progress.assessed").count() == 3


def test_the_board_decides_later_and_that_is_a_new_version(world, visit):
    commitments = many_figures(world, 2)
    client = visit(world.chair)
    client.post(ADDRESS, filled(commitments))
    again = {name: value.replace("1.0", "1.1") for name, value in filled(commitments).items()}
    assert client.post(ADDRESS, {**again, "decided_on": "14-11-2017"}).status_code == 303
    assert Assessment.objects.filter(number=2, decided_on="2017-11-14").count() == 2
    later = {name: value.replace("1.1", "1.2") for name, value in again.items()}
    client.post(ADDRESS, later)
    assert Assessment.objects.count() == 4, "an empty date takes nothing back"


def test_one_mistake_keeps_nothing_and_loses_nothing(world, visit):
    commitments = many_figures(world, 3)
    typed = filled(commitments, a17_50="disagreed", a17_51="remark")
    typed[f"text_{commitments[1].pk}"] = ""
    answer = visit(world.chair).post(ADDRESS, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Schrijf op waarom u bij 17-51 ‘Met kanttekening’ kiest." in page
    assert page.count("checked") == 3
    assert "Dit klopt niet." in page
    assert not Assessment.objects.exists()


def test_a_correction_of_one_row_is_pointed_out_also_beside_another_mistake(world, visit):
    commitments = many_figures(world, 3)
    claim = Claim(status="behind", value=Decimal(4), explanation="Eén minder.", measure="Wij bellen.")
    submit_progress(commitments[1], by=world.reporter, on=TODAY, round=world.round, key=uuid4(), claim=claim)
    client, typed = visit(world.chair), filled(commitments)
    answer = client.post(ADDRESS, typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert page.count("heeft dit cijfer intussen verbeterd.") == 1
    assert "5 woningen, op koers" in page
    assert "4 woningen, loopt achter" in page
    assert not Assessment.objects.exists(), "all or none"
    wrong = {**typed, f"verdict_{commitments[0].pk}": "disagreed"}
    page = client.post(ADDRESS, wrong).content.decode()
    assert "Schrijf op waarom u bij 17-50" in page
    assert page.count("heeft dit cijfer intussen verbeterd.") == 1
    typed[f"seen_{commitments[1].pk}"] = "2.0"
    assert client.post(ADDRESS, typed).status_code == 303
    assert Assessment.objects.get(update__commitment=commitments[1]).update.number == 2


def test_two_board_members_fill_the_same_list(world, visit):
    commitments = many_figures(world, 2)
    visit(a_board_member(world)).post(ADDRESS, filled(commitments, a17_50="disagreed"))
    answer = visit(world.chair).post(ADDRESS, filled(commitments))
    page = answer.content.decode()
    assert answer.status_code == 409, "they do not agree on 17-50"
    assert page.count("Iemand van uw organisatie gaf intussen dit oordeel:") == 1, "on 17-51 they do"
    assert Assessment.objects.count() == 2


def test_the_list_is_narrowed_to_one_executing_party_and_steps_follow_it(world, visit):
    many_figures(world, 2)
    world.homes.contributions.create(party=world.boekweit, what="Denkt mee.")
    client = visit(world.coordinator)
    assert "Afspraak 17-50" in client.get(f"{ADDRESS}?van=hv").content.decode()
    page = client.get(f"{ADDRESS}?van=bw").content.decode()
    assert "Er is nog niets te beoordelen" in page
    assert "1 van 2" in client.get(f"{ADDRESS}17-50/?van=hv").content.decode()
    for odd in ("?van=%00", "?van=';--", "?pagina=999999999999&voor=x%00"):
        assert client.get(ADDRESS + odd).status_code == 200


def test_someone_of_two_parties_chooses_for_which_one(world, visit):
    an_update(world)
    add_member(world.boekweit, user=world.chair, role="signatory", by=None, on=SIGNED)
    world.homes.contributions.create(party=world.boekweit, what="Denkt mee.")
    client = visit(world.chair)
    page = client.get("/mijn-taken/").content.decode()
    assert "voor=bw" in page
    assert "voor=hrh" in page
    assert "voor Woningcorporatie De Boekweit" in client.get(f"{ADDRESS}?voor=bw").content.decode()
    client.post(f"{ADDRESS}?voor=bw", filled([world.homes]))
    assert Assessment.objects.get().party == world.boekweit


def test_htmx_gets_only_the_form(world, visit):
    an_update(world)
    client, htmx = visit(world.chair), {"HX-Request": "true", "HX-Target": "formulier"}
    wrong = client.post(ADDRESS, filled([world.homes], a17_01="weet niet"), headers=htmx)
    assert wrong.status_code == 422
    assert "<header" not in wrong.content.decode()
    right = client.post(ADDRESS, filled([world.homes]), headers=htmx)
    assert right["HX-Redirect"] == ADDRESS


def test_nobody_judges_for_another_party_or_what_does_not_concern_it(world):
    an_update(world)
    given = {world.homes.pk: Judgement("agreed")}
    with pytest.raises(Refused, match="geen cijfers voor Woningcorporatie De Boekweit"):
        assess_round(world.round, by=world.chair, on=TODAY, party=world.boekweit, judgements=given)
    add_member(world.boekweit, user=world.stranger, role="signatory", by=None, on=SIGNED)
    with pytest.raises(Refused, match="gaat uw organisatie niet aan"):
        assess_round(world.round, by=world.stranger, on=TODAY, party=world.boekweit, judgements=given)
    with pytest.raises(Refused, match="Alleen een coördinator, ondertekenaar of bestuurslid"):
        assess_round(world.round, by=world.reporter, on=TODAY, party=world.heideveld, judgements=given)
    assert not Assessment.objects.exists()


PAGES = {
    "chair": ["/mijn-taken/", ADDRESS, f"{ADDRESS}17-50/", "/meekijken/", "/meekijken/lijst/"],
    "coordinator": ["/mijn-taken/", ADDRESS],
    "reporter": ["/mijn-taken/", "/afspraken/", "/afspraken/?afwijkend=ja", "/afspraken/17-50/"],
}


def test_the_pages_ask_as_much_of_40_figures_as_of_2(world, visit):
    def counts() -> dict[str, int]:
        found = {}
        for name, paths in PAGES.items():
            client = visit(world.cast[name])
            for path in paths:
                with CaptureQueriesContext(connection) as captured:
                    assert client.get(path).status_code == 200, path
                found[f"{name} {path}"] = len(captured)
        return found

    first = many_figures(world, 2)
    for commitment in first:
        an_assessment(commitment.updates.get(), by=world.chair)
    few = counts()
    for commitment in many_figures(world, 38, first=60):
        an_assessment(commitment.updates.get(), by=world.chair)
    assert Commitment.objects.filter(updates__isnull=False).count() == 40
    assert counts() == few
