"""Whether a certificate was withdrawn, asked of an authority that answers about one at a time (OCSP), behind a guard."""

import asyncio
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko_certvalidator.errors import RevokedError, ValidationError

from agreements.pdf import asking
from agreements.pdf.keys import load_seal, trusted_roots
from agreements.pdf.lasting import add_lasting_proof
from agreements.pdf.revocation import Lookup, fetch_lists, known_answers
from agreements.pdf.seal import seal_pdf
from agreements.pdf.standing import kept_data
from agreements.pdf.verify import verify_pdf
from tests.pdf.responder import Responder

pytestmark = pytest.mark.one_database


@pytest.fixture(scope="module")
def running():
    responder = Responder()
    yield responder
    responder.close()


@pytest.fixture
def responder(running, settings):
    running.fault, running.withdrawn_at, running.asked, running.sends_on = "", None, 0, False
    settings.REVOCATION_NETWORKS = ["127.0.0.1"]
    return running


@pytest.fixture
def seal_of_another(responder, settings, tmp_path):
    """The seal of the municipality comes from that authority."""
    settings.SEAL_P12, root = responder.write(tmp_path)
    settings.SEAL_TRUST = [root]
    return responder


def look_up(responder: Responder) -> Lookup:
    lookup = Lookup(responder.roots)
    asyncio.run(lookup.path_of(responder.chain))
    return lookup


def test_the_answer_travels_in_the_file_and_proves_when_nobody_answers_any_more(
    seal_of_another, time_service, render
):
    small = render('<h1>Kop</h1><div data-sig="zegel" style="height:2cm"></div>').data
    lasting = add_lasting_proof(seal_pdf(small, seal=load_seal(), reason="Proef"))
    asked, kept = seal_of_another.asked, kept_data(PdfFileReader(BytesIO(lasting)))
    seal, stamp = verify_pdf(lasting, trust=trusted_roots()).signatures

    assert asked > 0
    assert len(kept["ocsps"]) == 1
    assert (seal.level, seal.is_genuine, seal.now.is_looked_up, stamp.is_genuine) == (
        "B-LTA",
        True,
        True,
        True,
    )
    assert seal_of_another.asked == asked, "who looks at a file asks nobody"


def test_what_was_withdrawn_is_told_with_its_moment(responder):
    responder.withdrawn_at = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    with pytest.raises(RevokedError) as told:
        look_up(responder)
    assert told.value.revocation_dt == responder.withdrawn_at


@pytest.mark.parametrize("fault", ["slow", "long", "error", "nonsense"])
def test_an_answer_that_is_bad_late_or_long_is_no_answer(responder, fault, monkeypatch):
    responder.fault = fault
    monkeypatch.setattr(asking, "MOST_SECONDS", 0.3)
    monkeypatch.setattr(asking, "MOST_BYTES", 5_000)
    with pytest.raises(ValidationError):
        look_up(responder)
    assert responder.asked > 0
    responder.fault = ""
    assert len(look_up(responder).answers) == 1


def test_an_address_inside_is_asked_only_when_it_is_named_also_by_a_redirect(responder, settings):
    settings.REVOCATION_NETWORKS = []
    with pytest.raises(ValidationError):
        look_up(responder)
    assert responder.asked == 0
    settings.REVOCATION_NETWORKS, responder.sends_on = ["127.0.0.1", "10.1.0.0/16"], True
    with pytest.raises(ValidationError):
        look_up(responder)
    settings.REVOCATION_NETWORKS = ["127.0.0.0/8"]
    assert len(look_up(responder).answers) == 1, "the same redirect, when both are named"


@pytest.mark.django_db
def test_the_answer_of_today_is_kept_and_a_withdrawn_seal_shows_to_monitors(
    seal_of_another, client, settings
):
    fetch_lists()
    assert (len(known_answers()), client.get("/gezond/").json()["zegel"]) == (1, "goed")
    seal_of_another.withdrawn_at = datetime.now(UTC) - timedelta(hours=1)
    (settings.REVOCATIONS / "opgehaald").unlink()
    fetch_lists()
    answer = client.get("/gezond/")
    assert (len(known_answers()), answer.status_code) == (1, 503)
    assert answer.json()["zegel"] == f"ingetrokken op {seal_of_another.withdrawn_at:%d-%m-%Y}"
