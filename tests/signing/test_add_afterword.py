"""A signature stands; who thinks otherwise later says so beside it."""

import pytest

from agreements.access.refusals import Refused, allows
from agreements.signing import permissions
from agreements.signing.models import Afterword
from agreements.signing.operations import add_afterword, sign
from tests.signing.builders import DUE, a_proof, a_signer, close, seat_of
from tests.world import TODAY

ADDRESS = "/jaarschijven/2018/ondertekening/1/hv/verklaring/"
TEXT = "Wij zouden deze afspraak nu niet meer zo tekenen."


@pytest.fixture
def signer(round_, world, settings):
    """Somebody of Heideveld, which signed; the others were silent and the round is closed."""
    user = a_signer(world.heideveld)
    sign(seat_of(round_, "hv"), by=user, on=TODAY, proof=a_proof())
    with pytest.raises(Refused, match="pas als de ondertekening is gesloten"):
        add_afterword(seat_of(round_, "hv"), by=user, on=TODAY, text=TEXT)
    settings.TODAY = DUE.replace(day=DUE.day + 1)
    close(round_, by=world.coordinator, on=settings.TODAY)
    return user


def test_a_later_word_stands_beside_the_signature(round_, signer, visit):
    client = visit(signer)
    assert ADDRESS in client.get("/jaarschijven/2018/ondertekening/1/").content.decode()
    assert client.post(ADDRESS, {"text": "Nee."}).status_code == 422
    for _ in range(2):
        assert client.post(ADDRESS, {"text": TEXT}).status_code == 303
    assert Afterword.objects.count() == 1
    page = visit().get("/jaarschijven/2018/ondertekening/1/").content.decode()
    assert TEXT in page
    assert "Getekend" in page
    assert seat_of(round_, "hv").outcome == "signed"


def test_only_who_may_sign_for_the_party_speaks_for_it(round_, signer, world):
    seat = seat_of(round_, "hv")
    for name, user in world.cast.items():
        assert not allows(permissions.add_afterword, seat, by=user), name
