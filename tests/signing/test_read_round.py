"""The pages of a round ask as much of many parties as of few."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.parties.operations import add_party
from agreements.signing.models import Seat
from tests.signing.builders import DUE, a_signer
from tests.world import SIGNED

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
