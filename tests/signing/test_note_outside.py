"""Signed on paper or with a program of one's own: noted by one civil servant, confirmed by another, shown as such."""

import re
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import SimpleSigner

from agreements.access.refusals import Refused, allows
from agreements.documents import store
from agreements.documents.models import Evidence
from agreements.documents.operations import keep_evidence
from agreements.history.models import Event
from agreements.pdf.issuer import Holder, issue, load_issuer
from agreements.pdf.keys import trusted_roots
from agreements.pdf.sign import sign_field
from agreements.pdf.verify import verify_pdf
from agreements.signing import permissions
from agreements.signing.models import OutsideSignature
from agreements.signing.operations import (
    add_certificate,
    confirm_outside,
    decline,
    note_outside,
    reject_outside,
    sign,
)
from agreements.signing.queries import brought_from_outside
from agreements.workspace.queries import tasks_of
from tests.attack.files import a_pdf
from tests.pdf.test_verify import add_note, append
from tests.signing.builders import DUE, a_proof, a_signer, close, seat_of
from tests.signing.keys import PASSWORD, an_authority
from tests.signing.test_decline import PDF
from tests.world import TODAY

ROUND = "/jaarschijven/2018/ondertekening/1/"
ADDRESS = f"{ROUND}hv/buiten-het-portaal/"
SAID = {
    "signed_on": TODAY,
    "function": "Directeur-bestuurder",
    "ground": "Besluit van het bestuur van 3-10-2017",
}
REASON = "Er is te weinig geregeld over de huurprijs."


@pytest.fixture
def known(settings, tmp_path):
    """An authority from which the portal takes certificates of parties."""
    authority = an_authority(tmp_path)
    settings.PARTY_TRUST = [authority.root]
    return authority


def a_scan(world, content: bytes = PDF):
    given = {"party": world.municipality, "by": world.coordinator, "visibility": "own", "is_ours": True}
    return keep_evidence(name="getekend.pdf", data=content, **given)


def noted(round_, world, content: bytes = PDF, key: str = "hv", **said) -> OutsideSignature:
    document = a_scan(world, content)
    given = {**SAID, **said}
    return note_outside(seat_of(round_, key), by=world.coordinator, on=TODAY, document=document, **given)


def signed_elsewhere(round_, authority, field: str = "partij-hv", holder: str = "Heideveld") -> bytes:
    """Our file as a program of the party itself would sign it."""
    signer = SimpleSigner.load_pkcs12_data(authority.p12(holder), [], PASSWORD.encode())
    before = store.read(round_.document_sha256)
    return sign_field(before, field=field, signer=signer, name=holder, reason="Akkoord", lines=["Getekend"])


def closed(round_, world, settings) -> bytes:
    settings.TODAY = DUE.replace(day=DUE.day + 1)
    close(round_, by=world.coordinator, on=settings.TODAY)
    return store.read(round_.revisions.last().sha256)


def test_a_scan_in_the_browser_by_two_people(round_, world, visit):
    client = visit(world.coordinator)
    assert ADDRESS in client.get(ROUND).content.decode()
    said = {"signed_on": "15-11-2017", "function": "Directeur", "ground": "Besluit van 3-10-2017"}
    scan = SimpleUploadedFile("scan.pdf", PDF)
    answer = client.post(ADDRESS, {**said, "signed_on": "ooit", "upload": scan})
    assert answer.status_code == 422
    assert "Besluit van 3-10-2017" in answer.content.decode()
    (kept,) = re.findall(r'name="kept" value="(\d+)"', answer.content.decode())
    assert client.post(ADDRESS, {**said, "kept": kept}).status_code == 303
    assert "Een collega moet die nakijken" in client.get(ROUND).content.decode()
    assert client.post(f"{ADDRESS}bevestigen/").status_code == 403, "not who noted it"
    assert client.get(ADDRESS).status_code == 403, "one at a time"

    assert "buiten het portaal: Woonstichting Heideveld" in str(tasks_of(world.colleague))
    client = visit(world.colleague)
    assert f"{ADDRESS}bevestigen/" in client.get(ROUND).content.decode()
    page = client.get(f"{ADDRESS}bevestigen/").content.decode()
    assert "Op papier, op 15 november 2017" in page.replace("\xa0", " ")
    scanned = client.get(f"/bewijs/{kept}/scan.pdf")
    assert b"".join(scanned.streaming_content) == PDF
    assert client.post(f"{ADDRESS}bevestigen/").status_code == 303
    seat = seat_of(round_, "hv")
    assert (seat.outcome, seat.level, seat.function, seat.mandate) == ("signed", "paper", "Directeur", None)
    assert client.get(f"{ADDRESS}bevestigen/").status_code == 404
    page = visit().get(ROUND).content.decode()
    assert "Heeft geantwoord" in page
    assert "papier (" not in page
    assert visit(world.reporter).get(f"/bewijs/{kept}/scan.pdf").status_code == 404, "not before the end"


def test_the_document_and_the_page_say_that_it_was_on_paper(round_, world, settings, visit):
    outside = confirm_outside(noted(round_, world), by=world.colleague, on=TODAY)
    data = closed(round_, world, settings)
    assert verify_pdf(data, trust=trusted_roots()).is_genuine
    fields = {one.field_name: one for one in PdfFileReader(BytesIO(data)).embedded_signatures}
    assert fields["partij-hv"].sig_object["/Reason"] == "Vastgelegd door de gemeente: getekend"
    assert "Zegel" in str(fields["partij-hv"].signer_cert.subject.native), "the municipality, not the party"
    page = visit().get(ROUND).content.decode()
    assert "Ondertekend door één partij" in page
    assert "op papier, vastgelegd door de gemeente" in page
    assert outside.document.sha256 in page
    address = f"/bewijs/{outside.document.pk}/getekend.pdf"
    assert address not in page
    assert visit().get(address).status_code == 404, "a handwritten name is not for everyone"
    client = visit(world.reporter)
    assert address in client.get(ROUND).content.decode()
    assert b"".join(client.get(address).streaming_content) == PDF
    assert {one["level"] for one in Event.objects.get(verb="signing.round_closed").data["answers"]} == {
        "paper",
        "seal",
    }


def test_a_signature_over_exactly_our_file_is_recognised(round_, world, known, settings, visit):
    outside = noted(round_, world, signed_elsewhere(round_, known))
    assert (outside.kind, outside.certificate) == (
        "tool",
        "Heideveld, uitgegeven door Uitgever voor organisaties",
    )
    confirm_outside(outside, by=world.colleague, on=TODAY)
    assert brought_from_outside(outside.document.sha256) is None, "not before the end"
    closed(round_, world, settings)
    assert brought_from_outside(outside.document.sha256) == outside
    page = visit().get(ROUND).content.decode()
    assert "handtekening van buiten het portaal" in page
    assert "Heideveld, uitgegeven door Uitgever voor organisaties" in page


def test_our_file_with_a_signature_goes_through_the_form_and_other_forms_do_not(round_, world, known, visit):
    """A form and a file in a PDF are refused (documents/active.py), but ours has both."""
    client = visit(world.coordinator)
    said = {"signed_on": "15-11-2017", "function": "Directeur", "ground": "Besluit van 3-10-2017"}

    def sent(content: bytes):
        return client.post(ADDRESS, {**said, "upload": SimpleUploadedFile("getekend.pdf", content)})

    wrong = sent(signed_elsewhere(round_, known, "partij-bw"))
    assert wrong.status_code == 422
    assert "in het vak van Woningcorporatie De Boekweit" in wrong.content.decode()
    assert sent(a_pdf(root=b"/OpenAction<</S/JavaScript/JS(app.alert)>>")).status_code == 422
    assert not Evidence.objects.exists()
    assert sent(signed_elsewhere(round_, known)).status_code == 303
    assert OutsideSignature.objects.get().kind == "tool"


def test_others_sign_in_the_portal_meanwhile(round_, world, known, settings):
    sign(seat_of(round_, "bw"), by=a_signer(world.boekweit), on=TODAY, proof=a_proof())
    confirm_outside(noted(round_, world, signed_elsewhere(round_, known)), by=world.colleague, on=TODAY)
    verdict = verify_pdf(closed(round_, world, settings), trust=trusted_roots())
    assert verdict.is_genuine
    assert {one.field for one in verdict.signatures} >= {"partij-bw", "partij-hv"}


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda round_, known, folder: store.read(round_.document_sha256), "onze tekst zonder handtekening"),
        (
            lambda round_, known, folder: signed_elsewhere(round_, known, "partij-bw"),
            "tekende ‘Heideveld’ in het vak van Woningcorporatie De Boekweit",
        ),
        (
            lambda round_, known, folder: signed_elsewhere(round_, known, "slot"),
            "in een vak dat niet van een partij is",
        ),
        (
            lambda round_, known, folder: signed_elsewhere(round_, an_authority(folder, "Garagebedrijf")),
            "een uitgever die het portaal niet kent: Garagebedrijf",
        ),
        (
            lambda round_, known, folder: append(signed_elsewhere(round_, known), add_note),
            "nog iets in het bestand veranderd",
        ),
        (
            lambda round_, known, folder: signed_elsewhere(round_, known).replace(b"/Title", b"/Titel", 1),
            "niet precies onze tekst",
        ),
        (lambda round_, known, folder: PDF[:200], "geen volledig pdf-bestand|geen goed pdf"),
    ],
)
def test_what_is_not_right_is_refused_and_named(round_, world, known, tmp_path, make, sentence):
    with pytest.raises(ValidationError, match=sentence):
        noted(round_, world, make(round_, known, tmp_path))
    assert not OutsideSignature.objects.exists()


def test_the_certificate_of_another_party_is_refused_and_named(round_, world, known):
    content = known.p12("De Boekweit")
    add_certificate(world.boekweit, by=a_signer(world.boekweit), on=TODAY, upload=content, password=PASSWORD)
    signer = SimpleSigner.load_pkcs12_data(content, [], PASSWORD.encode())
    before = store.read(round_.document_sha256)
    wrong = sign_field(before, field="partij-hv", signer=signer, name="X", reason="X", lines=["Getekend"])
    with pytest.raises(ValidationError, match="hoort bij het vak van Woningcorporatie De Boekweit"):
        noted(round_, world, wrong)
    ours = issue(Holder("Bestuurder", "De Boekweit", "partij-bw"), issuer=load_issuer())
    wrong = sign_field(before, field="partij-hv", signer=ours, name="X", reason="X", lines=["Getekend"])
    with pytest.raises(ValidationError, match="hoort bij het vak van Woningcorporatie De Boekweit"):
        noted(round_, world, wrong)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [(TODAY.replace(day=16), "nog niet geweest"), (TODAY.replace(day=14), "nog niet open")],
)
def test_the_day_must_be_possible(round_, world, day, sentence):
    with pytest.raises(ValidationError, match=sentence):
        noted(round_, world, signed_on=day)


def test_rejected_it_does_not_count_and_the_party_still_answers(round_, world, visit):
    outside = noted(round_, world)
    client = visit(world.colleague)
    assert client.post(f"{ADDRESS}afkeuren/", {"reason": "Nee"}).status_code == 422
    answer = client.post(f"{ADDRESS}afkeuren/", {"reason": "Dit is de tekst van 2017."})
    assert answer.status_code == 303
    outside.refresh_from_db()
    assert (outside.state, outside.reason) == ("rejected", "Dit is de tekst van 2017.")
    assert seat_of(round_, "hv").outcome == "pending"
    sign(seat_of(round_, "hv"), by=a_signer(world.heideveld), on=TODAY, proof=a_proof())


def test_what_a_party_answered_itself_stands_and_the_municipality_learns_no_more_than_that(
    round_, world, visit
):
    user = a_signer(world.heideveld)
    waiting = noted(round_, world)
    decline(seat_of(round_, "hv"), by=user, on=TODAY, proof=a_proof(), reason=REASON)
    refusals = [refusal_of(round_, world, waiting)]
    assert ADDRESS not in visit(world.coordinator).get(ROUND).content.decode()
    sign(seat_of(round_, "hv"), by=user, on=TODAY, proof=a_proof())
    refusals.append(refusal_of(round_, world, waiting))
    assert (
        refusals == ["Woonstichting Heideveld heeft zelf geantwoord, in het portaal. Dat antwoord telt."] * 2
    )
    reject_outside(waiting, by=world.colleague, on=TODAY, reason="De partij antwoordde al.")


def refusal_of(round_, world, waiting: OutsideSignature) -> str:
    """Why this cannot be confirmed, which is also why nothing new can be noted."""
    with pytest.raises(Refused) as refused:
        permissions.note_outside(seat_of(round_, "hv"), by=world.coordinator)
    with pytest.raises(Refused, match=str(refused.value)):
        confirm_outside(waiting, by=world.colleague, on=TODAY)
    return str(refused.value)


def test_the_round_does_not_close_before_it_was_looked_at(round_, world, settings):
    waiting = noted(round_, world)
    settings.TODAY = DUE.replace(day=DUE.day + 1)
    with pytest.raises(Refused, match="eerst de post van Woonstichting Heideveld nakijken"):
        close(round_, by=world.coordinator, on=settings.TODAY)
    reject_outside(waiting, by=world.colleague, on=settings.TODAY, reason="Onleesbaar papier.")
    assert close(round_, by=world.coordinator, on=settings.TODAY)


def test_who_may_and_the_same_file_twice_is_one(round_, world):
    seat = seat_of(round_, "hv")
    assert {n for n, user in world.cast.items() if allows(permissions.note_outside, seat, by=user)} == {
        "coordinator",
        "colleague",
    }
    first = noted(round_, world)
    assert noted(round_, world).pk == first.pk
    may = {n for n, user in world.cast.items() if allows(permissions.confirm_outside, first, by=user)}
    assert may == {"colleague"}
    with pytest.raises(IntegrityError), transaction.atomic():
        OutsideSignature.objects.filter(pk=first.pk).update(
            state="confirmed", decided_by=first.noted_by, decided_on=TODAY, decided_at=first.noted_at
        )


def test_history_tells_no_answer_before_the_end(round_, world):
    confirm_outside(noted(round_, world), by=world.colleague, on=TODAY)
    told = [event.sentence for event in Event.objects.filter(verb__startswith="signing.")]
    assert not any("ekend" in sentence for sentence in told if "Heideveld" in sentence)
