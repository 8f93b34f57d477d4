"""The disk is full: nothing half is kept, a clear sentence says so, and later it works."""

import errno
import os

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from agreements.documents.models import Evidence
from agreements.signing.models import Revision
from agreements.signing.operations import sign
from tests.signing.builders import DUE, a_proof, a_signer, close, seat_of
from tests.signing.test_decline import PDF
from tests.signing.test_sign import TICKED, proved
from tests.world import TODAY


@pytest.fixture
def full(monkeypatch):
    """The system refuses to put a file on the disk, as it does when there is no room."""

    def refuse(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    return monkeypatch


def files(settings) -> list[str]:
    return sorted(path.name for path in settings.STORE.rglob("*") if path.is_file())


def test_a_signature_is_whole_or_not_there(round_, world, settings, full, visit):
    seat, user, before = seat_of(round_, "hv"), a_signer(world.heideveld), files(settings)
    with pytest.raises(ValidationError, match="De schijf van het portaal is vol"):
        sign(seat, by=user, on=TODAY, proof=a_proof())
    answer = proved(visit(user)).post("/jaarschijven/2018/ondertekening/1/hv/tekenen/", TICKED)
    assert answer.status_code == 422
    assert "De schijf van het portaal is vol" in answer.content.decode()
    assert (seat_of(round_, "hv").outcome, Revision.objects.count()) == ("pending", 1)
    assert files(settings) == before, "nothing half is left"
    full.undo()
    assert sign(seat, by=user, on=TODAY, proof=a_proof()).outcome == "signed"


def test_a_file_that_is_sent_is_refused_with_the_reason(round_, world, full, visit):
    tenants = seat_of(round_, "hrh").party
    client = proved(visit(a_signer(tenants)))
    upload = SimpleUploadedFile("brief.pdf", PDF)
    answer = client.post("/jaarschijven/2018/ondertekening/1/hrh/niet-tekenen/", {"upload": upload})
    assert answer.status_code == 422
    assert "De schijf van het portaal is vol" in answer.content.decode()
    assert not Evidence.objects.exists()


def test_closing_waits(round_, world, settings, full):
    settings.TODAY = DUE.replace(day=DUE.day + 1)
    close(round_, by=world.coordinator, on=settings.TODAY)
    assert round_.state == "closing"
    assert "De schijf van het portaal is vol" in round_.failure
    assert Revision.objects.count() == 1
