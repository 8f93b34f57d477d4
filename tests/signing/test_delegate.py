"""Who may sign hands the answer over to somebody else with a mandate."""

import pytest
from django.core.exceptions import ValidationError

from agreements.access.refusals import Refused
from agreements.notifications.models import Notification
from agreements.notifications.operations import notify_people
from agreements.signing.operations import delegate, sign
from agreements.signing.queries import seats_to_answer
from tests.signing.builders import a_mandate, a_proof, a_signer, seat_of
from tests.world import TODAY

ROUND = "/jaarschijven/2018/ondertekening/1/"
ADDRESS = f"{ROUND}hv/overdragen/"


def test_the_task_and_the_message_go_to_the_other(round_, world, visit):
    signer = a_signer(world.heideveld)
    client = visit(signer)
    assert "Nog niemand anders van uw organisatie" in client.get(ADDRESS).content.decode()
    a_mandate(world.heideveld, world.director)
    assert ADDRESS in client.get(ROUND).content.decode()
    assert client.post(ADDRESS, {}).status_code == 422
    assert client.post(ADDRESS, {"to": world.coordinator.pk}).status_code == 422
    assert client.post(ADDRESS, {"to": world.director.pk}).status_code == 303
    assert "Gevraagd om te antwoorden: Bestuurder Heideveld" in client.get(ROUND).content.decode()
    assert not seats_to_answer(signer).exists()
    assert seats_to_answer(world.director).get() == seat_of(round_, "hv")
    while notify_people():
        pass
    told = Notification.objects.filter(title__startswith="Aan u overgedragen")
    assert [one.user for one in told] == [world.director]
    assert sign(seat_of(round_, "hv"), by=world.director, on=TODAY, proof=a_proof()).outcome == "signed"


def test_not_without_a_mandate_and_not_after_the_answer(round_, world):
    signer = a_signer(world.heideveld)
    with pytest.raises(ValidationError, match="Kies iemand die nu een mandaat heeft"):
        delegate(seat_of(round_, "hv"), by=signer, on=TODAY, to=world.reporter)
    with pytest.raises(Refused, match="geen geldig mandaat"):
        delegate(seat_of(round_, "hv"), by=world.director, on=TODAY, to=signer)
    sign(seat_of(round_, "hv"), by=signer, on=TODAY, proof=a_proof())
    a_mandate(world.heideveld, world.director)
    with pytest.raises(Refused, match="al getekend"):
        delegate(seat_of(round_, "hv"), by=signer, on=TODAY, to=world.director)
