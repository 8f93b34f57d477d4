"""The decision behind a mandate, as a file that the parties can open."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agreements.access.refusals import Refused
from agreements.documents.models import Evidence
from agreements.documents.operations import add_decision
from agreements.parties.operations import end_mandate
from tests.signing.builders import a_mandate
from tests.signing.test_decline import PDF
from tests.world import TODAY


@pytest.fixture
def mandate(world):
    return a_mandate(world.heideveld, world.director)


def test_a_decision_in_the_browser_for_the_parties_only(mandate, world, visit):
    client = visit(world.director)
    address = f"/mandaten/{mandate.pk}/besluit/"
    assert address in client.get("/mandaten/").content.decode()
    assert client.post(address, {}).status_code == 422
    wrong = SimpleUploadedFile("besluit.exe", b"MZ")
    assert client.post(address, {"upload": wrong}).status_code == 422
    for _ in range(2):
        file = SimpleUploadedFile("besluit.pdf", PDF)
        assert client.post(address, {"upload": file}).status_code == 303
    decision = mandate.decisions.get()
    link = f"/bewijs/{decision.pk}/besluit.pdf"
    for user in (world.stranger, world.coordinator):
        client = visit(user)
        assert link in client.get("/mandaten/").content.decode()
        assert b"".join(client.get(link).streaming_content) == PDF
    for user in (None, world.councillor):
        assert visit(user).get(link).status_code == 404


def test_only_the_party_itself_and_only_while_it_holds(mandate, world):
    for name in ("coordinator", "reporter", "stranger", "chair"):
        with pytest.raises(Refused):
            add_decision(mandate, by=world.cast[name], on=TODAY, name="besluit.pdf", data=PDF)
    end_mandate(mandate, by=world.director, on=TODAY)
    mandate.refresh_from_db()
    with pytest.raises(Refused, match="al beëindigd"):
        add_decision(mandate, by=world.director, on=TODAY, name="besluit.pdf", data=PDF)
    assert not Evidence.objects.exists()
