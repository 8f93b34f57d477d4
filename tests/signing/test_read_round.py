"""The pages of rounds: what stands on them, and that they ask as much of many parties as of few."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.parties.operations import add_party
from agreements.signing.models import Seat
from agreements.signing.operations import decline, end_round
from tests.signing.builders import DUE, a_proof, a_signer, seat_of
from tests.world import SIGNED, TODAY, a_closed_signing

REASON = "Er is te weinig geregeld over de huurprijs."
ROUND = "/jaarschijven/2018/ondertekening/1/"


@pytest.mark.parametrize("name", ["coordinator", "signer", "visitor"])
def test_the_number_of_queries_does_not_grow_with_the_parties(round_, world, visit, settings, name):
    settings.TODAY = DUE + timedelta(days=1)  # so that it can be closed
    people = {"coordinator": world.coordinator, "signer": a_signer(world.heideveld), "visitor": None}
    client = visit(people[name])
    pages = [ROUND, "/jaarschijven/2018/"]
    if name == "coordinator":
        pages.append(f"{ROUND}sluiten/")
    elif name == "signer":
        pages.append("/mijn-taken/")

    def asked() -> list[int]:
        counts = []
        caches["counters"].clear()
        for address in pages:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            counts.append(len(asked))
        return counts

    asked()  # the first visit also reads who has which content type
    before = asked()
    for number in range(8):
        key = f"c{number}"
        fields = {"kind": "corporation", "name": key, "short_name": key, "provenance": "own"}
        Seat.objects.create(round=round_, party=add_party(by=None, on=SIGNED, key=key, **fields))
    assert asked() == before


def test_answers_of_a_round_that_was_ended_stay_readable_beside_the_next_one(round_, world, visit):
    tenants = seat_of(round_, "hrh")
    decline(tenants, by=a_signer(tenants.party), on=TODAY, proof=a_proof(), reason=REASON)
    end_round(round_, by=world.coordinator, on=TODAY, reason="De tekst van 18-01 klopt niet.")
    a_closed_signing(round_.year_slice, by=world.coordinator)
    for address in ("/jaarschijven/2018/", ROUND.replace("/1/", "/2/")):
        page = visit().get(address).content.decode()
        assert ROUND in page, address
        assert "De tekst van 18-01 klopt niet." in page, address
    page = visit().get(ROUND).content.decode()
    assert REASON in page
    assert "Gaf geen antwoord voordat de ondertekening stopte" in page
    assert "Moet nog reageren" not in page


def test_what_was_signed_before_there_was_a_portal_is_told_as_that(world, visit):
    page = visit().get("/jaarschijven/2017/").content.decode()
    assert "Dat was voordat dit portaal er was." in page
    assert page.count("op papier, vóór dit portaal") == 3
    assert "Wij vinden de huren te hoog." in page
    assert "voordat dit portaal er was" not in visit().get("/jaarschijven/2018/").content.decode()
