"""What others do to the signed file is noticed, and named for what it is."""

import io

import pikepdf
import pytest
from pyhanko.pdf_utils import generic

from agreements.documents import store
from agreements.pdf.issuer import Holder, issue, load_issuer
from agreements.pdf.keys import trusted_roots
from agreements.pdf.sign import sign_field
from agreements.pdf.verify import Unreadable, Verdict, is_signed_on_top, verify_pdf
from agreements.signing.models import Revision
from agreements.signing.operations import decline, sign
from tests.pdf.test_verify import (
    add_note,
    add_script,
    append,
    draw_over_page,
    replace_attachment,
    stranger,  # noqa: F401  somebody with an authority of their own
)
from tests.signing.builders import a_proof, a_signer, close, seat_of
from tests.world import TODAY

pytestmark = pytest.mark.one_database
REASON = "Er is te weinig geregeld over de huurprijs."


@pytest.fixture
def signed(round_, world) -> bytes:
    """The result of a round: three signatures, one decline."""
    for key in ("gh", "hv", "bw"):
        sign(seat_of(round_, key), by=a_signer(seat_of(round_, key).party), on=TODAY, proof=a_proof())
    tenants = seat_of(round_, "hrh")
    decline(tenants, by=a_signer(tenants.party), on=TODAY, proof=a_proof(), reason=REASON)
    close(round_, by=world.coordinator, on=TODAY)
    return store.read(round_.revisions.last().sha256)


def verdict_on(data: bytes) -> Verdict:
    return verify_pdf(data, trust=trusted_roots())


def add_page(writer):
    pages = writer.root["/Pages"]
    page = generic.DictionaryObject(pages["/Kids"][-1].get_object())
    pages["/Kids"].append(writer.add_object(page))
    pages["/Count"] = generic.NumberObject(len(pages["/Kids"]))
    writer.update_container(pages)


def empty_a_field(writer):
    fields = writer.root["/AcroForm"]["/Fields"]
    field = next(one.get_object() for one in fields if one.get_object()["/T"] == "partij-hv")
    del field["/V"]
    writer.update_container(field)


def test_what_is_appended_leaves_no_signature_genuine(signed):
    assert verdict_on(signed).is_genuine
    for change in (draw_over_page, replace_attachment, add_note, add_script, add_page):
        verdict = verdict_on(append(signed, change))
        assert not verdict.is_genuine, change
        assert all(one.is_intact and one.changes == "OTHER" for one in verdict.signatures), change


def test_a_signature_that_was_taken_away_is_missed(signed):
    verdict = verdict_on(append(signed, empty_a_field))
    assert "partij-hv" not in {one.field for one in verdict.signatures}
    assert not verdict.is_genuine
    assert not any(one.is_genuine for one in verdict.signatures)


def test_a_changed_byte_in_the_text_breaks_every_signature(signed):
    changed = bytearray(signed)
    changed[3000] ^= 1
    try:
        verdict = verdict_on(bytes(changed))
    except Unreadable:
        return
    assert not any(one.is_intact for one in verdict.signatures)


def test_a_file_written_anew_has_no_signature_left(signed):
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        pdf.save(output)
    assert not any(one.is_intact for one in verdict_on(output.getvalue()).signatures)


def test_an_older_state_is_known_by_its_fingerprint(signed):
    """Cutting off the last revisions leaves a file that is genuine: only the register says it is not the newest."""
    for revision in Revision.objects.order_by("number")[1:]:
        data = store.read(revision.sha256)
        assert verdict_on(data).is_genuine
        assert signed.startswith(data)
    assert len(set(Revision.objects.values_list("sha256", flat=True))) == 6
    assert not verdict_on(signed + b"\n% meer\n").is_genuine


def test_a_signature_that_was_replaced_by_one_of_an_unknown_authority_is_named(signed, stranger):  # noqa: F811
    verdict = verdict_on(signed_by(append(signed, empty_a_field), stranger, "partij-hv"))
    assert not verdict.is_genuine
    assert [one.field for one in verdict.signatures if not one.is_trusted] == ["partij-hv"]
    others = [one for one in verdict.signatures if one.field != "partij-hv"]
    assert not any(one.is_genuine for one in others), "each says that the file was changed after it"
    assert {one.changes for one in others} == {"OTHER"}


def signed_by(data: bytes, signer, field: str) -> bytes:
    return sign_field(data, field=field, signer=signer, name="X", reason="X", lines=["Getekend"])


def test_an_unknown_authority_in_an_empty_field_is_named(round_, stranger):  # noqa: F811
    before = store.read(round_.document_sha256)
    forged = signed_by(before, stranger, "partij-hv")
    verdict = verdict_on(forged)
    assert [(one.field, one.is_trusted) for one in verdict.signatures] == [
        ("zegel", True),
        ("partij-hv", False),
    ]
    assert not verdict.is_genuine
    assert not is_signed_on_top(forged, before=before, field="partij-hv", trust=trusted_roots())


def test_a_trusted_person_in_the_field_of_another_party_is_refused_and_named(round_):
    before = store.read(round_.document_sha256)
    signer = issue(Holder("Bestuurder", "De Boekweit", "partij-bw"), issuer=load_issuer())
    wrong = signed_by(before, signer, "partij-hv")
    verdict = verdict_on(wrong)
    one = verdict.signatures[-1]
    assert (one.is_intact, one.is_trusted, one.field, one.issued_for) == (
        True,
        True,
        "partij-hv",
        "partij-bw",
    )
    assert not one.is_in_own_field
    assert not verdict.is_genuine
    assert not is_signed_on_top(wrong, before=before, field="partij-hv", trust=trusted_roots())
    right = signed_by(before, signer, "partij-bw")
    assert is_signed_on_top(right, before=before, field="partij-bw", trust=trusted_roots())
    assert not is_signed_on_top(right, before=before[:-1] + b" ", field="partij-bw", trust=trusted_roots())
