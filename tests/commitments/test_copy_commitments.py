"""Taking commitments of the year before over: as drafts, with their lineage, and never twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from agreements.commitments.models import Commitment
from agreements.commitments.operations import copy_commitments, withdraw_commitment
from tests.world import TODAY, an_update

ADDRESS = "/jaarschijven/2018/overnemen/"


def copies(original: Commitment) -> list[str]:
    return list(original.copies.values_list("code", flat=True))


def test_a_copy_is_a_draft_with_a_new_number_and_dates_a_year_later(world, visit):
    client = visit(world.coordinator)
    assert "17-01 84 nieuwe sociale huurwoningen" in client.get(ADDRESS).content.decode()
    answer = client.post(ADDRESS, {"commitments": [str(world.homes.pk)]})
    assert (answer.status_code, answer["Location"]) == (303, "/jaarschijven/2018/")
    copy = Commitment.objects.get(code="18-02")
    assert (copy.copied_from, copy.year_slice.year, copy.deadline) == (world.homes, 2018, date(2018, 12, 31))
    assert (copy.text, copy.status, copy.value) == (world.homes.text, "no_data", None)
    assert [row.what for row in copy.contributions.all()] == ["Verleent vergunningen."]
    assert [step.on for step in copy.target.plan.all()] == [date(2018, 6, 30), date(2018, 9, 30)]
    assert copy.target.value == 84


def test_the_lineage_is_shown_both_ways_but_a_draft_only_to_the_parties(world, visit):
    client = visit(world.coordinator)
    client.post(ADDRESS, {"commitments": [str(world.homes.pk)]})
    page = client.get("/afspraken/18-02/").content.decode()
    assert "Deze afspraak gaat verder op" in page
    assert "overgenomen van 17-01" in page
    assert "Deze afspraak gaat verder als" in client.get("/afspraken/17-01/").content.decode()
    assert "18-02" not in visit().get("/afspraken/17-01/").content.decode()


def test_sending_the_form_twice_makes_no_doubles(world, visit):
    client = visit(world.coordinator)
    given = {"commitments": [str(world.homes.pk)]}
    assert client.post(ADDRESS, given).status_code == client.post(ADDRESS, given).status_code == 303
    assert copies(world.homes) == ["18-02"]
    page = client.get(ADDRESS).content.decode()
    assert f'value="{world.homes.pk}"' not in page
    assert f'value="{world.coach.pk}"' in page
    assert "17-01 is" in page


def test_choosing_nothing_gets_a_sentence(world, visit):
    answer = visit(world.coordinator).post(ADDRESS, {})
    assert answer.status_code == 422
    assert "Beantwoord de vraag ‘Welke afspraken gaan door?’" in answer.content.decode()


def test_what_was_withdrawn_or_is_of_another_year_cannot_be_taken_over(world, visit):
    withdraw_commitment(world.coach, by=None, on=TODAY, reason="Niet meer nodig.")
    client = visit(world.coordinator)
    assert "17-02" not in client.get(ADDRESS).content.decode()
    assert client.post(ADDRESS, {"commitments": [str(world.coach.pk)]}).status_code == 422
    with pytest.raises(ValidationError, match="Kies alleen afspraken van 2017"):
        copy_commitments(world.draft.year_slice, by=world.coordinator, on=TODAY, commitments=[world.draft])


def test_only_coordinators_take_over(world, visit):
    for name in ("reporter", "director", "chair", "councillor", "stranger"):
        assert visit(world.cast[name]).post(ADDRESS).status_code == 403, name


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_make_one_copy(world):
    start = Barrier(2)

    def copy(person) -> int:
        start.wait(30)
        made = copy_commitments(world.draft.year_slice, by=person, on=TODAY, commitments=[world.homes])
        connections.close_all()
        return len(made)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(copy, [world.coordinator, world.colleague])) == [0, 1]
    assert copies(world.homes) == ["18-02"]


def ticked(page: str) -> set[int]:
    return {
        int(box.split('"')[0])
        for box in page.split('name="commitments" value="')[1:]
        if "checked" in box.split(">")[0]
    }


def test_what_is_not_finished_is_ticked_when_someone_comes_from_preparing_the_year(world, visit):
    an_update(world, value=84, status="achieved")
    client = visit(world.coordinator)
    prepare = client.get("/jaarschijven/2018/voorbereiden/").content.decode()
    address = f"{ADDRESS}?kies=niet-klaar"
    assert f'href="{address}"' in prepare
    page = client.get(address).content.decode()
    assert ticked(page) == {world.coach.pk}
    assert f'value="{world.homes.pk}"' in page, "what is finished can still be chosen"
    assert "is hieronder al aangekruist" in page
    assert ticked(client.get(ADDRESS).content.decode()) == set()


def test_preparing_the_year_says_what_was_taken_over(world, visit):
    client = visit(world.coordinator)
    client.post(ADDRESS, {"commitments": [str(world.coach.pk)]})
    page = client.get("/jaarschijven/2018/voorbereiden/").content.decode()
    assert "Al overgenomen in 2018: 1 afspraak" in page
    assert "/afspraken/18-02/" in page
    assert "Deze afspraak is nog niet nagekomen." in page, "17-01 only"
    client.post(ADDRESS, {"commitments": [str(world.homes.pk)]})
    page = client.get("/jaarschijven/2018/voorbereiden/").content.decode()
    assert "Alles wat nog niet klaar was, is al overgenomen." in page
