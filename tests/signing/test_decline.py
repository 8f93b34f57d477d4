"""Not signing is an answer: with a reason, a statement, the same proof, and the right to sign after all."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agreements.access.refusals import Refused
from agreements.documents.models import Evidence
from agreements.signing.models import Revision
from agreements.signing.operations import decline, sign
from tests.signing.builders import a_proof, a_signer, seat_of
from tests.signing.test_sign import proved
from tests.world import TODAY

REASON = "Onze leden vinden dat er te weinig is geregeld over de huurprijs na een renovatie."
ADDRESS = "/jaarschijven/2018/ondertekening/1/hrh/niet-tekenen/"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \n"
    b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n161\n%%EOF\n"
)


@pytest.fixture
def tenant(round_):
    return a_signer(seat_of(round_, "hrh").party)


def a_letter(name="brief.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def test_a_decline_with_a_letter_in_the_browser(round_, tenant, visit):
    client = proved(visit(tenant))
    page = client.get(ADDRESS).content.decode()
    assert "kan iedereen uw reden en uw verklaring lezen" in page
    answer = client.post(ADDRESS, {"reason": REASON, "knows_public": "on", "upload": a_letter()})
    assert answer.status_code == 303, answer.content.decode()
    seat = seat_of(round_, "hrh")
    assert (seat.outcome, seat.reason, seat.statement.name) == ("declined", REASON, "brief.pdf")
    assert Revision.objects.count() == 1, "the field is filled when the round closes"
    letter = f"/bewijs/{seat.statement.pk}/brief.pdf"
    assert b"".join(client.get(letter).streaming_content) == PDF
    assert visit().get(letter).status_code == 404, "not public before the round is over"


def test_wrong_answers_keep_the_letter_and_the_text(round_, tenant, visit):
    client = proved(visit(tenant))
    answer = client.post(ADDRESS, {"reason": REASON, "upload": a_letter()})
    assert answer.status_code == 422
    page = answer.content.decode()
    kept = Evidence.objects.get()
    assert REASON in page
    assert f'name="kept" value="{kept.pk}"' in page
    client.post(ADDRESS, {"reason": REASON, "knows_public": "on", "kept": kept.pk})
    assert seat_of(round_, "hrh").statement == kept


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": "Nee."}, "minstens 20 tekens"),
        ({"reason": ""}, "Beantwoord de vraag ‘Waarom tekent uw organisatie niet?’"),
        ({"upload": a_letter("brief.docx")}, "Kies een pdf."),
        ({"upload": a_letter(content=b"<html>")}, "is geen goed pdf-bestand"),
        ({"kept": "999"}, "Zet een vinkje"),
    ],
)
def test_what_cannot_be_is_said(round_, tenant, visit, changes, sentence):
    answer = proved(visit(tenant)).post(ADDRESS, {"reason": REASON, **changes})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert seat_of(round_, "hrh").outcome == "pending"


def test_a_letter_of_another_party_cannot_be_used(round_, tenant, visit):
    other = a_signer(seat_of(round_, "hv").party)
    client = proved(visit(other))
    address = ADDRESS.replace("hrh", "hv")
    client.post(address, {"reason": REASON, "upload": a_letter()})
    stolen = Evidence.objects.get().pk
    proved(visit(tenant)).post(ADDRESS, {"reason": REASON, "knows_public": "on", "kept": stolen})
    assert seat_of(round_, "hrh").statement is None


def test_an_old_proof_does_not_lose_the_reason(round_, tenant, visit):
    client = proved(visit(tenant), seconds=301)
    assert client.post(ADDRESS, {"reason": REASON, "knows_public": "on"}).status_code == 303
    assert REASON in proved(client).get(ADDRESS).content.decode()
    with pytest.raises(Refused, match="vijf minuten"):
        decline(seat_of(round_, "hrh"), by=tenant, on=TODAY, proof=a_proof(301), reason=REASON)


def test_the_reason_can_change_and_a_decline_can_become_a_signature(round_, tenant, visit):
    for reason in (REASON, f"{REASON} En over onderhoud."):
        decline(seat_of(round_, "hrh"), by=tenant, on=TODAY, proof=a_proof(), reason=reason)
    assert seat_of(round_, "hrh").reason.endswith("onderhoud.")
    sign(seat_of(round_, "hrh"), by=tenant, on=TODAY, proof=a_proof())
    assert seat_of(round_, "hrh").outcome == "signed"
    assert REASON not in visit(tenant).get("/jaarschijven/2018/ondertekening/1/").content.decode()
