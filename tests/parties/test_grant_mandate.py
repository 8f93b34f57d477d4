"""A party says itself who signs for it, on what ground, and from when until when."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from agreements.access.refusals import Refused, allows
from agreements.history.models import Event
from agreements.parties import permissions
from agreements.parties.models import Mandate, Party
from agreements.parties.operations import add_member, end_mandate, grant_mandate
from agreements.parties.queries import mandate_of
from tests.signing.builders import a_mandate
from tests.world import SIGNED, TODAY

ADDRESS = "/mandaten/nieuw/hv/"


def answers(who, **changes):
    given = {
        "user": who.pk,
        "function": "Directeur-bestuurder",
        "kind": "board",
        "decided_on": "03-10-2017",
        "ground": "Notulen van het bestuur, punt 4",
        "valid_from": "15-11-2017",
        "valid_until": "",
    }
    return given | changes


def test_a_signatory_lets_a_colleague_sign(world, visit):
    client = visit(world.director)
    assert "Geef een mandaat" in client.get("/mandaten/").content.decode()
    assert client.post(ADDRESS, answers(world.reporter)).status_code == 303
    mandate = Mandate.objects.get()
    assert (mandate.party, mandate.user, mandate.granted_by) == (
        world.heideveld,
        world.reporter,
        world.director,
    )
    page = client.get("/mandaten/").content.decode().replace("\xa0", " ")
    assert "Besluit van het bestuur van 3 oktober 2017: Notulen van het bestuur, punt 4" in page
    assert Event.objects.filter(verb="parties.mandate_granted").count() == 1
    assert mandate_of(world.reporter, world.heideveld, TODAY) == mandate


def test_the_same_mandate_twice_is_one(world):
    assert a_mandate(world.heideveld, world.director) == a_mandate(world.heideveld, world.director)
    assert Event.objects.filter(verb="parties.mandate_granted").count() == 1


def test_only_the_party_itself_grants_and_takes_back(world, visit):
    tenants = Party.objects.get(key="hrh")
    add_member(world.municipality, user=world.colleague, role="manager", by=None, on=SIGNED)
    may = {
        (name, party.key)
        for name, user in world.cast.items()
        for party in Party.objects.all()
        if allows(permissions.grant_mandate, party, by=user)
    }
    assert may == {("director", "hv"), ("colleague", "gh")}
    mandate = a_mandate(tenants, world.chair)
    for name in world.cast:
        with pytest.raises(Refused):
            end_mandate(mandate, by=world.cast[name], on=TODAY)
    assert visit(world.coordinator).get(ADDRESS).status_code == 403
    assert visit(world.councillor).get("/mandaten/").status_code == 403
    assert visit(world.councillor).get(f"/mandaten/{mandate.pk}/beeindigen/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"decided_on": "16-11-2017"}, "Het besluit is nog niet genomen."),
        ({"valid_until": "15-11-2017"}, "Vul een dag in na de eerste dag van het mandaat."),
        ({"user": "999"}, "Kies een van de antwoorden bij ‘Wie mag tekenen?’."),
        ({"ground": ""}, "Beantwoord de vraag ‘Waar is het besluit te vinden?’"),
    ],
)
def test_wrong_answers_come_back_with_what_was_typed(world, visit, changes, sentence):
    answer = visit(world.director).post(ADDRESS, answers(world.reporter, **changes))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Directeur-bestuurder" in answer.content.decode()
    assert not Mandate.objects.exists()


def test_somebody_of_another_party_cannot_be_given_a_mandate(world):
    fields = {"function": "X", "kind": "board", "ground": "X", "decided_on": SIGNED, "valid_from": SIGNED}
    for user in (world.stranger, world.councillor):
        with pytest.raises(ValidationError, match="Kies iemand die nu voor"):
            grant_mandate(world.heideveld, user=user, by=None, on=TODAY, **fields)


def test_a_mandate_holds_from_its_first_day_until_its_last(world):
    day = timedelta(days=1)
    mandate = a_mandate(world.heideveld, world.director, valid_from=TODAY, valid_until=TODAY + day)
    held = [
        offset for offset in (-1, 0, 1) if mandate_of(world.director, world.heideveld, TODAY + offset * day)
    ]
    assert held == [0]
    assert [mandate.holds_on(TODAY + offset * day) for offset in (-1, 0, 1)] == [False, True, False]


def test_a_mandate_of_somebody_who_left_is_worth_nothing(world):
    a_mandate(world.heideveld, world.director)
    assert mandate_of(world.director, world.heideveld, TODAY)
    world.director.memberships.update(ended_on=TODAY)
    gone = type(world.director).objects.get(pk=world.director.pk)
    assert mandate_of(gone, world.heideveld, TODAY) is None


def test_a_mandate_ends_today_and_only_once(world, visit):
    mandate = a_mandate(world.heideveld, world.director)
    client = visit(world.director)
    address = f"/mandaten/{mandate.pk}/beeindigen/"
    assert "Ja, beëindig het mandaat" in client.get(address).content.decode()
    assert client.post(address).status_code == 303
    assert client.post(address).status_code == 403
    assert mandate_of(world.director, world.heideveld, TODAY) is None
    mandate.refresh_from_db()
    assert (mandate.valid_until, mandate.ended_by) == (TODAY, world.director)
