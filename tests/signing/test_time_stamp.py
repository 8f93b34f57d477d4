"""A time stamp service: its time in the signature; down, slow or wrong, then nothing is signed and a retry works."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader

from agreements.documents import store
from agreements.history.models import Event
from agreements.management import post
from agreements.pdf.verify import verify_pdf
from agreements.process.operations import finish_signing
from agreements.signing.models import Revision
from agreements.signing.operations import add_certificate, sign
from agreements.signing.queries import trust_of, version_of
from tests.signing.builders import DUE, a_proof, a_signer, close, seat_of
from tests.signing.keys import PASSWORD, an_authority
from tests.world import TODAY

pytestmark = pytest.mark.one_database


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


@pytest.mark.parametrize("minutes", [-3, 3])
def test_a_clock_that_is_off_signs_nothing_and_says_so(round_, time_service, time_machine, minutes):
    """The service keeps telling the real time; ours is minutes off."""
    seat, now = seat_of(round_, "hv"), timezone.now()
    user, time_service.tells = a_signer(seat.party), now
    time_machine.move_to(now + timedelta(minutes=minutes))
    with pytest.raises(
        ValidationError, match="Tekenen lukt nu niet. De klok van het portaal wijkt meer dan een"
    ):
        sign(seat, by=user, on=TODAY, proof=a_proof())
    assert (seat_of(round_, "hv").outcome, Revision.objects.count()) == ("pending", 1)
    time_machine.move_to(now + timedelta(seconds=30))
    assert sign(seat, by=user, on=TODAY, proof=a_proof()).outcome == "signed"


def test_closing_gives_lasting_proof_also_of_the_certificate_of_a_party_and_it_is_renewed_in_time(
    round_, world, visit, time_service, settings, tmp_path, time_machine
):
    """One signed with its own certificate, one with that of the portal; the municipality sealed the rest (B-LTA)."""
    time_service.use_certificate(days=60)
    authority = an_authority(tmp_path)
    settings.PARTY_TRUST = [authority.root]
    own, other = a_signer(world.heideveld), a_signer(world.boekweit)
    given = {"by": own, "on": TODAY, "upload": authority.p12(), "password": PASSWORD}
    add_certificate(world.heideveld, **given)
    sign(seat_of(round_, "hv"), by=own, on=TODAY, proof=a_proof())
    sign(seat_of(round_, "bw"), by=other, on=TODAY, proof=a_proof())
    settings.TODAY = DUE + timedelta(days=1)
    time_service.fault = "no list"
    close(round_, by=world.coordinator, on=settings.TODAY)
    assert (round_.state, "lijst met ingetrokken certificaten" in round_.failure) == ("closing", True)
    time_service.fault = ""
    finish_signing.call(round_.pk)
    round_.refresh_from_db()
    assert round_.state == "closed", round_.failure
    data = store.read(round_.revisions.last().sha256)
    verdict = verify_pdf(data, trust=trust_of(round_.seats.select_related("party")))
    assert verdict.is_genuine
    levels = {one.field: one.level for one in verdict.signatures if not one.is_stamp}
    assert levels.pop("zegel") == levels["partij-bw"] == levels["slot"] == "B-LTA"
    assert levels["partij-hv"] in ("B-T", "B-LTA"), "its authority names no list of withdrawn certificates"
    assert verdict.signatures[-1].is_stamp
    renew(round_, world, visit, time_service, time_machine)


def renew(round_, world, visit, time_service, time_machine):
    """The service has nothing better at first; then the next state of the document only has a newer time stamp more."""
    old, address = round_.revisions.last(), f"/jaarschijven/2018/ondertekening/{round_.number}/"
    post.renew(timezone.now())
    round_.refresh_from_db()
    reason = "De tijdstempeldienst heeft nog geen certificaat dat langer geldt."
    assert (round_.renewal_failure, round_.revisions.last()) == (reason, old)
    for page in (address, "/mijn-taken/"):
        assert reason in visit(world.coordinator).get(page).content.decode()
    assert reason not in visit().get(address).content.decode()

    time_service.use_certificate()
    time_machine.move_to(timezone.now() + timedelta(days=1, minutes=1))
    post.renew(timezone.now())
    round_.refresh_from_db()
    new = round_.revisions.last()
    data = store.read(new.sha256)
    assert (new.number, round_.renewal_failure) == (old.number + 1, "")
    assert data.startswith(store.read(old.sha256))
    assert round_.proof_ends_at - timezone.now() > timedelta(days=5000)
    assert Event.objects.get(verb="signing.renewed").data == {"sha256": new.sha256, "earlier": old.sha256}
    assert [version_of(one).renewals for one in (old, new)] == [[(new, True)], [(new, False)]]
    assert version_of(old).newer is None, "a time stamp alone makes no newer version"
    page = visit().get(address).content.decode()
    assert (page.count("bewijs verlengd op"), old.sha256 in page, new.sha256 in page) == (1, True, True)
    assert b"".join(visit().get(address + "ondertekend.pdf").streaming_content) == data
