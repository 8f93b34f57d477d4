"""A time stamp service: its time in the signature; down, slow or wrong, then nothing is signed and a retry works."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from pyhanko.pdf_utils.reader import PdfFileReader

from agreements.documents import store
from agreements.signing.models import Revision
from agreements.signing.operations import sign
from tests.signing.builders import a_proof, a_signer, seat_of
from tests.world import TODAY


def test_the_signature_carries_the_time_of_the_service(round_, time_service):
    seat = seat_of(round_, "hv")
    sign(seat, by=a_signer(seat.party), on=TODAY, proof=a_proof())
    data = store.read(round_.revisions.last().sha256)
    newest = PdfFileReader(BytesIO(data)).embedded_signatures[-1]
    assert "signature_time_stamp_token" in {
        one["type"].native for one in newest.signer_info["unsigned_attrs"]
    }


@pytest.mark.parametrize("fault", ["slow", "nonce", "hash", "nonsense", "down", "stranger"])
def test_without_a_good_answer_nothing_is_signed_and_later_it_is(round_, time_service, settings, fault):
    seat = seat_of(round_, "hv")
    user, right = a_signer(seat.party), (settings.TIMESTAMP_URL, settings.TIMESTAMP_TRUST)
    time_service.fault = fault
    if fault == "down":
        settings.TIMESTAMP_URL = "http://127.0.0.1:9/"
    if fault == "stranger":
        settings.TIMESTAMP_TRUST = settings.SEAL_TRUST
    with pytest.raises(ValidationError, match="De tijdstempeldienst geeft geen goed antwoord"):
        sign(seat, by=user, on=TODAY, proof=a_proof())
    assert (seat_of(round_, "hv").outcome, Revision.objects.count()) == ("pending", 1)
    time_service.fault = ""
    settings.TIMESTAMP_URL, settings.TIMESTAMP_TRUST = right
    assert sign(seat, by=user, on=TODAY, proof=a_proof()).outcome == "signed"
