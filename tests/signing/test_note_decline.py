"""A party wrote that it does not sign: noted by one civil servant, confirmed by another, with the weight of any answer."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from agreements.access.refusals import Refused, allows
from agreements.documents import store
from agreements.documents.models import Evidence
from agreements.documents.operations import keep_evidence
from agreements.pdf.keys import trusted_roots
from agreements.pdf.verify import verify_pdf
from agreements.signing import permissions
from agreements.signing.models import OutsideSignature
from agreements.signing.operations import confirm_outside, decline, note_decline, note_outside, sign
from agreements.signing.queries import brought_from_outside
from tests.signing.builders import DUE, a_proof, a_signer, close, seat_of
from tests.signing.test_decline import PDF
from tests.world import TODAY

ROUND = "/jaarschijven/2018/ondertekening/1/"
ADDRESS = f"{ROUND}hrh/tekent-niet/"
CONFIRM = f"{ROUND}hrh/buiten-het-portaal/bevestigen/"
WHY = "Onze leden vinden dat er te weinig is geregeld over de huurprijs."
SAID = {"signed_on": TODAY, "function": "Voorzitter", "ground": "Besluit van de leden van 3-10-2017"}


def noted(round_, world, key: str = "hrh", content: bytes = PDF) -> OutsideSignature:
    given = {"party": world.municipality, "by": world.coordinator, "visibility": "own"}
    letter = keep_evidence(name="brief.pdf", data=content, **given)
    return note_decline(
        seat_of(round_, key), by=world.coordinator, on=TODAY, document=letter, why=WHY, **SAID
    )


def test_a_letter_in_the_browser_by_two_people_and_in_the_document_at_the_end(
    round_, world, visit, settings, run
):
    client = visit(world.coordinator)
    assert ADDRESS in client.get(ROUND).content.decode()
    said = {"signed_on": "15-11-2017", "function": "Voorzitter", "ground": SAID["ground"]}
    first = client.post(ADDRESS, {**said, "why": "Nee", "upload": SimpleUploadedFile("brief.pdf", PDF)})
    assert first.status_code == 422
    assert "Besluit van de leden" in first.content.decode()
    (kept,) = re.findall(r'name="kept" value="(\d+)"', first.content.decode())
    assert client.post(ADDRESS, {**said, "why": WHY}).status_code == 422, "without a letter"
    assert client.post(ADDRESS, {**said, "why": WHY, "kept": kept}).status_code == 303
    assert client.post(CONFIRM).status_code == 403, "not who noted it"
    client = visit(world.colleague)
    assert WHY in client.get(CONFIRM).content.decode()
    assert client.post(CONFIRM).status_code == 303
    seat = seat_of(round_, "hrh")
    assert (seat.outcome, seat.level, seat.reason, seat.mandate) == ("declined", "paper", WHY, None)
    assert WHY not in visit().get(ROUND).content.decode(), "not before the end"
    assert visit(world.reporter).get(f"/bewijs/{kept}/brief.pdf").status_code == 404

    settings.TODAY = DUE.replace(day=DUE.day + 1)
    close(round_, by=world.coordinator, on=settings.TODAY)
    page = visit().get(ROUND).content.decode()
    assert WHY in page
    assert "Dit schreef de partij op papier" in page
    assert "op papier, vastgelegd door de gemeente" in page
    assert b"".join(visit().get(f"/bewijs/{kept}/brief.pdf").streaming_content) == PDF
    assert brought_from_outside(Evidence.objects.get(pk=kept).sha256) is None, "a letter is no signed text"
    data = store.read(round_.revisions.last().sha256)
    assert verify_pdf(data, trust=trusted_roots()).is_genuine
    text = " ".join(run("pdftotext", data, "-layout", after=("-",)).split())
    assert "Huurdersraad Heideveld tekent niet" in text
    assert "De partij schreef dit op papier. Twee medewerkers keken het na." in text


def test_the_party_itself_always_comes_first(round_, world, settings):
    user = a_signer(seat_of(round_, "hrh").party)
    waiting = noted(round_, world)
    decline(
        seat_of(round_, "hrh"),
        by=user,
        on=TODAY,
        proof=a_proof(),
        reason="Wij tekenen niet, om wat wij zelf zeggen.",
    )
    with pytest.raises(Refused, match="heeft zelf geantwoord"):
        confirm_outside(waiting, by=world.colleague, on=TODAY)
    assert not allows(permissions.note_decline, seat_of(round_, "hrh"), by=world.coordinator)


def test_a_letter_that_counted_may_still_become_a_signature(round_, world, visit, settings):
    confirm_outside(noted(round_, world), by=world.colleague, on=TODAY)
    paper = keep_evidence(
        name="p.pdf", data=PDF + b"\n", party=world.municipality, by=world.coordinator, is_ours=True
    )
    again = note_outside(seat_of(round_, "hrh"), by=world.coordinator, on=TODAY, document=paper, **SAID)
    confirm_outside(again, by=world.colleague, on=TODAY)
    confirm_outside(noted(round_, world, "hv", PDF + b"\n\n"), by=world.colleague, on=TODAY)
    sign(seat_of(round_, "hv"), by=a_signer(world.heideveld), on=TODAY, proof=a_proof())
    settings.TODAY = DUE.replace(day=DUE.day + 1)
    close(round_, by=world.coordinator, on=settings.TODAY)
    assert {key: seat_of(round_, key).outcome for key in ("hrh", "hv")} == {"hrh": "signed", "hv": "signed"}
    page = visit().get(ROUND).content.decode()
    assert WHY not in page
    assert not Evidence.objects.filter(name="brief.pdf", visibility="public").exists()


def test_a_decline_has_a_reason_and_a_signature_has_none(round_, world):
    found = noted(round_, world)
    for fields in ({"why": ""}, {"outcome": "signed"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OutsideSignature.objects.filter(pk=found.pk).update(**fields)
    assert noted(round_, world).pk == found.pk, "the same letter twice is one"
