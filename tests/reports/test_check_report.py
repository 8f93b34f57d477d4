"""Whoever has a PDF learns whether it is ours: fakes by their name, and never "echt" for other bytes."""

import io
import os
import random
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter

from agreements.documents import store
from agreements.documents.store import path_of
from agreements.pdf import check, keys
from agreements.pdf.seal import seal_pdf
from agreements.pdf.standing import Judged, Standing
from agreements.reports.answers import OURS
from agreements.reports.check import Answer, check_file
from agreements.reports.models import Report
from agreements.reports.operations import correct_report, publish_report, withdraw_report
from tests.pdf.authority import DAY, MINUTE, a_seal, withdrawn
from tests.reports.builders import a_published, make_ready
from tests.world import TODAY

pytestmark = [pytest.mark.usefixtures("no_worker"), pytest.mark.one_database]
REASON = "Het cijfer van afspraak 17-01 was van een ander jaar."


@pytest.fixture
def report(world, page_of_a_report) -> Report:
    """A published report of one page."""
    return a_published(world, page_of_a_report)


@pytest.fixture
def ours(report) -> bytes:
    return store.read(report.sha256)


@dataclass(frozen=True)
class Stranger:
    """Somebody with an authority of their own."""

    signer: signers.SimpleSigner
    seal: keys.Seal


@pytest.fixture(scope="module")
def stranger(tmp_path_factory) -> Stranger:
    folder = tmp_path_factory.mktemp("vreemd")
    keys.make_demo_authority(folder)
    signer = signers.SimpleSigner.load_pkcs12(folder / "zegel.p12")
    return Stranger(signer, keys.Seal(signer, "Zegel", signer.signing_cert.not_valid_after))


# -- what a forger does


def with_revision(data: bytes, change) -> bytes:
    """One more revision at the end, in which `change` did something."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def with_pikepdf(data: bytes, change) -> bytes:
    """Written anew, after `change`."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(output)
    return output.getvalue()


def first_page(writer):
    return writer.root["/Pages"]["/Kids"][0].get_object()


def draw_over(writer) -> None:
    """White over the page and other words on it."""
    page = first_page(writer)
    stream = generic.StreamObject(stream_data=b"1 1 1 rg 0 0 600 800 re f")
    page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), writer.add_object(stream)])
    writer.update_container(page)


def annotate(writer) -> None:
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (50, 500, 400, 700))),
            generic.pdf_name("/Contents"): generic.pdf_string("Alles is gehaald."),
        }
    )
    page = first_page(writer)
    kept = page.get("/Annots", generic.ArrayObject())
    page["/Annots"] = generic.ArrayObject([*kept, writer.add_object(note)])
    writer.update_container(page)


def run_script(writer) -> None:
    action = {generic.pdf_name("/S"): generic.pdf_name("/JavaScript")}
    action[generic.pdf_name("/JS")] = generic.pdf_string("app.alert('x')")
    writer.root["/OpenAction"] = generic.DictionaryObject(action)
    writer.update_root()


def add_page(pdf) -> None:
    pdf.add_blank_page()


def add_page_later(writer) -> None:
    page = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Page"),
            generic.pdf_name("/MediaBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842))),
        }
    )
    pages = writer.root["/Pages"]
    page[generic.pdf_name("/Parent")] = generic.IndirectObject(
        pages.container_ref.idnum, pages.container_ref.generation, writer
    )
    pages["/Kids"].append(writer.add_object(page))
    pages["/Count"] = generic.NumberObject(len(pages["/Kids"]))
    writer.update_container(pages)


def other_attachment(pdf) -> None:
    pdf.attachments["rapportage.json"] = pikepdf.AttachedFileSpec(pdf, b'{"alles": "gehaald"}')


def attachment_later(writer) -> None:
    names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    spec = names[1].get_object()
    stream = generic.StreamObject(stream_data=b"nummer;status\r\n17-01;Gerealiseerd\r\n")
    spec["/EF"]["/F"] = writer.add_object(stream)
    writer.update_container(spec["/EF"])


def without_seal(pdf) -> None:
    del pdf.Root.AcroForm, pdf.Root.Perms
    for page in pdf.pages:
        if "/Annots" in page:
            del page.Annots


def in_other_words(pdf) -> None:
    pdf.pages[0].contents_add(b"BT ET")


def other_title(pdf) -> None:
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = "Alles is gehaald"


def flipped(data: bytes) -> bytes:
    place = data.index(b"stream") + 200
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def rewritten_with_seal(data: bytes) -> bytes:
    """The objects copied to a new file, the old signature with them."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(data)))
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def other_certificate_bytes(data: bytes) -> bytes:
    """One digit of the signature itself is another: the value that stands last, before the padding."""
    start = data.index(b"/Contents <")
    place = start + len(data[start : data.index(b">", start)].rstrip(b"0")) - 40
    return data[:place] + (b"0" if data[place : place + 1] != b"0" else b"1") + data[place + 1 :]


def byte_range_that_skips(data: bytes) -> bytes:
    place = data.rindex(b"/ByteRange")
    end = data.index(b"]", place)
    old = data[place:end]
    return data[:place] + old.replace(b"[0 ", b"[1 ", 1) + data[end:]


def signed_by(data: bytes, stranger: Stranger, *, field: str) -> bytes:
    metadata = signers.PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES)
    output = io.BytesIO()
    signers.PdfSigner(metadata, stranger.signer).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(data)), output=output
    )
    return output.getvalue()


def sealed_by_stranger(ours: bytes, draft: bytes, stranger: Stranger) -> bytes:
    return seal_pdf(draft, seal=stranger.seal, reason="Rapportage")


def encrypted(data: bytes) -> bytes:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(output, encryption=pikepdf.Encryption(user="", owner="geheim"))
    return output.getvalue()


FAKES = {
    # name: (what a forger makes of our file, the answer)
    "a byte flipped": (lambda d, s: flipped(d), {"altered", "unreadable"}),
    "a digit of the signature": (lambda d, s: other_certificate_bytes(d), {"altered", "foreign", "unreadable"}),
    "a signature over another range": (lambda d, s: byte_range_that_skips(d), {"altered", "foreign", "unreadable"}),
    "a page appended and saved anew": (lambda d, s: with_pikepdf(d, add_page), {"altered"}),
    "a page appended in a revision": (lambda d, s: with_revision(d, add_page_later), {"added"}),
    "drawn over in a revision": (lambda d, s: with_revision(d, draw_over), {"added"}),
    "a note over the page": (lambda d, s: with_revision(d, annotate), {"added"}),
    "a script that runs on opening": (lambda d, s: with_revision(d, run_script), {"added"}),
    "an attachment swapped in a revision": (lambda d, s: with_revision(d, attachment_later), {"added"}),
    "an attachment swapped, saved anew": (lambda d, s: with_pikepdf(d, other_attachment), {"altered"}),
    "the seal taken off": (lambda d, s: with_pikepdf(d, without_seal), {"unsealed"}),
    "other words on the page": (lambda d, s: with_pikepdf(d, in_other_words), {"altered"}),
    "another title": (lambda d, s: with_pikepdf(d, other_title), {"altered"}),
    "saved by another program": (lambda d, s: with_pikepdf(d, lambda pdf: None), {"altered"}),
    "copied object by object": (lambda d, s: rewritten_with_seal(d), {"altered"}),
    "signed again by a stranger": (lambda d, s: signed_by(d, s, field="extra"), {"added"}),
    "junk behind the end": (lambda d, s: d + b"\n% niets\n%%EOF\n", {"added"}),
    "cut off halfway": (lambda d, s: d[: len(d) // 2], {"cut"}),
    "one byte short": (lambda d, s: d[:-1], {"cut"}),
    "encrypted": (lambda d, s: encrypted(d), {"unreadable"}),
    "bytes before the beginning": (lambda d, s: b"%\n" * 5 + d, {"altered", "unreadable", "foreign", "unsealed"}),
    "two of them behind each other": (lambda d, s: d + d, {"added"}),
}  # fmt: skip


@pytest.mark.parametrize("name", FAKES)
def test_a_fake_is_named_for_what_it_is(report, ours, stranger, name):
    make, expected = FAKES[name]
    fake = make(ours, stranger)
    assert fake != ours
    answer = check_file(fake)
    assert answer.code in expected, (answer.code, answer.contents.reason)
    if answer.code not in ("unreadable",):
        assert answer.report == report


def test_a_fake_that_says_it_is_ours_but_is_sealed_by_another(report, page_of_a_report, stranger):
    """The same draft, sealed with a certificate of the same name from another authority."""
    answer = check_file(seal_pdf(page_of_a_report, seal=stranger.seal, reason="Rapportage"))
    assert (answer.code, answer.report) == ("foreign", report)
    assert answer.contents.signatures[0].is_intact
    assert not answer.contents.signatures[0].is_trusted


def test_sealed_by_us_but_never_published(report, page_of_a_report):
    """Somebody in the house used the key beside the portal: the seal is good and the register does not know it."""
    answer = check_file(seal_pdf(page_of_a_report, seal=keys.load_seal(), reason="Zomaar"))
    assert answer.code == "unregistered"


@pytest.mark.parametrize(
    ("begins", "ends", "code"), [(-30 * MINUTE, -10 * MINUTE, "expired"), (10 * MINUTE, DAY, "early")]
)
def test_a_seal_of_our_authority_outside_its_days_is_named(
    report, page_of_a_report, authority, begins, ends, code
):
    """Somebody found an old key, or one that waits: the library signs with it without complaint."""
    seal = a_seal(authority, begins=begins, ends=ends)
    answer = check_file(seal_pdf(page_of_a_report, seal=seal, reason="Rapportage"))
    assert (answer.code, answer.report) == (code, report)


def test_a_seal_with_a_stolen_key_is_named(report, page_of_a_report, authority):
    seal = a_seal(authority, begins=-30 * MINUTE, ends=DAY)
    fake = seal_pdf(page_of_a_report, seal=seal, reason="Rapportage")
    assert check_file(fake).code == "unregistered"
    with withdrawn(authority, seal, timezone.now() - 10 * MINUTE):
        answer = check_file(fake)
    assert (answer.code, answer.report) == ("revoked", report)
    assert "Het certificaat was toen al ingetrokken." in answer.signatures[0][1]


def test_what_is_different_is_said(report, ours):
    more = check_file(with_pikepdf(ours, add_page))
    assert "Het heeft 2 pagina’s. Ons bestand heeft er 1." in more.differences
    swapped = check_file(with_pikepdf(ours, other_attachment))
    assert "De bijlage rapportage.json is anders dan in ons bestand." in swapped.differences
    covered = check_file(with_revision(ours, draw_over))
    assert "Op pagina 1 staat iets anders dan in ons bestand." in covered.differences


# -- our own


def test_our_own_file_is_genuine_with_who_sealed_it_and_when(report, ours):
    answer = check_file(ours)
    (signature,) = answer.contents.signatures
    assert (answer.code, answer.report, answer.is_lapsed) == ("genuine", report, False)
    assert signature.signer == "Zegel (voorbeeld, niet rechtsgeldig)"
    assert signature.is_genuine
    assert abs((signature.signed_at - report.published_at).total_seconds()) < 60


def test_a_draft_is_called_a_draft(report, page_of_a_report):
    assert check_file(page_of_a_report).code == "draft"


def test_a_file_that_was_corrected_or_withdrawn_is_ours_and_says_so(world, report, ours, page_of_a_report):
    new = make_ready(correct_report(report, by=world.coordinator, on=TODAY, reason=REASON), page_of_a_report)
    new = publish_report(new, by=world.colleague, on=TODAY)
    answer = check_file(ours)
    assert (answer.code, answer.newer) == ("superseded", new)
    withdraw_report(report, by=world.coordinator, on=TODAY, reason=REASON)
    answer = check_file(ours)
    assert (answer.code, answer.report.withdrawn_reason) == ("withdrawn", REASON)


STANDINGS = [
    # then, now, looked up: what is said, whether it lapsed since
    ("good", "good", True, "Het is nu ook geldig, tot en met 1 januari 2027.", False),
    ("good", "good", False, "Of het is ingetrokken, konden wij niet nagaan.", False),
    ("good", "expired", True, "Nu is het verlopen: het gold tot en met 1 januari 2027.", True),
    ("good", "revoked", True, "Het is daarna ingetrokken, op 1 maart 2026.", True),
    ("early", "good", True, "Het certificaat was toen nog niet geldig.", False),
    ("expired", "expired", True, "Het certificaat was toen al verlopen.", False),
    ("revoked", "revoked", True, "Het certificaat was toen al ingetrokken.", False),
    ("unknown", "unknown", False, "Wij vertrouwen de uitgever van het certificaat niet.", False),
]


@pytest.mark.parametrize(("then", "now", "is_looked_up", "says", "is_lapsed"), STANDINGS)
def test_how_a_certificate_stood_and_stands_is_told_in_words(then, now, is_looked_up, says, is_lapsed):
    withdrawn_at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    signature = check.Signature(
        field="zegel", signer="Zegel", signed_at=None, is_intact=True, is_trusted=then == "good", changes="NONE",
        is_genuine=then == "good", is_stamp=False, stamped_at=None, level="B-B", issued_for="", fingerprint=None,
        then=Judged(Standing(then)), now=Judged(Standing(now), withdrawn_at, is_looked_up),
        issuer="Uitgever", not_after=datetime(2027, 1, 1, 12, tzinfo=UTC),
    )  # fmt: skip
    answer = Answer("genuine", "", 0, check.Contents(signatures=(signature,)))
    sentences = [sentence.replace("\N{NO-BREAK SPACE}", " ") for sentence in answer.signatures[0][1]]
    assert (says in sentences, answer.is_lapsed) == (True, is_lapsed)


def test_a_certificate_that_is_withdrawn_since_is_told_and_the_register_still_knows_the_file(
    report, ours, authority, time_machine
):
    with withdrawn(authority, keys.load_seal(), timezone.now()):
        time_machine.move_to(timezone.now() + DAY)
        answer = check_file(ours)
    assert (answer.code, answer.is_lapsed) == ("genuine", True)
    assert any("daarna ingetrokken" in sentence for sentence in answer.signatures[0][1])


def test_the_page_says_which_proof_there_is_without_and_with_a_time_stamp(
    world, page_of_a_report, client, time_service, settings
):
    lasting = store.read(a_published(world, page_of_a_report).sha256)
    settings.TIMESTAMP_URL = ""
    plain = store.read(a_published(world, page_of_a_report).sha256)
    for data, says in ((plain, "geen tijdstempel van een ander (PAdES B-B)"), (lasting, "PAdES B-LTA")):
        page = client.post("/controleren/", {"file": SimpleUploadedFile("r.pdf", data)}).content.decode()
        assert "Dit bestand is echt" in page
        assert says in page
        assert ("<h3>Tijdstempel: " in page) == (data == lasting)


# -- files made to hurt


def png() -> bytes:
    output = io.BytesIO()
    Image.new("RGB", (9, 9)).save(output, "PNG")
    return output.getvalue()


def a_pdf(*objects: bytes, start: bytes = b"") -> bytes:
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (n, text) for n, text in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer\n<</Root 1 0 R /Size 9>>\n" + start + b"%%EOF\n"


def bomb() -> bytes:
    """200 MB of zeros, packed twice, where the catalog should be."""
    packed = zlib.compress(zlib.compress(b"\0" * 200_000_000, 9), 9)
    stream = b"<</Type/ObjStm/N 9/First 9/Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n" % len(packed)
    return a_pdf(b"<</Type/Catalog/Pages 2 0 R/Metadata 2 0 R>>", stream + packed + b"\nendstream")


HOSTILE = {
    "nothing at all": b"",
    "a picture with another name": png(),
    "a web page": b"<html><body>%PDF</body></html>",
    "only a beginning": b"%PDF-1.7\n",
    "a beginning and an end": b"%PDF-1.7\n%%EOF\n",
    "too large": b"%PDF-1.7\n" + b"0" * 25_000_000 + b"\n%%EOF",
    "a bomb": bomb(),
    "deep": a_pdf(b"[" * 200_000 + b"]" * 200_000),
    "a table that begins in itself": a_pdf(b"<</Type/Catalog>>", start=b"startxref\n9\n"),
    "a table before the file": a_pdf(b"<</Type/Catalog>>", start=b"startxref\n-5\n"),
    "a table beyond the file": a_pdf(b"<</Type/Catalog>>", start=b"startxref\n99999999999\n"),
    "pages that hold themselves": a_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Kids[2 0 R]/Count 9>>"),
    "fields that hold themselves": a_pdf(
        b"<</Type/Catalog/AcroForm<</Fields[2 0 R]>>>>", b"<</Kids[2 0 R]/T(a)>>"
    ),
    "an object that is itself": a_pdf(b"1 0 R"),
    "letters": b"%PDF-1.7\n" + b"x" * 100_000 + b"\n%%EOF",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_an_answer(report, name):
    answer = check_file(HOSTILE[name])
    assert answer.code in ("unreadable", "stranger"), answer.code
    assert answer.meaning


def test_a_table_that_goes_round_gets_an_answer(report, ours):
    place = ours.rindex(b"startxref")
    loop = ours[:place] + b"startxref\n%d\n%%%%EOF\n" % ours.rindex(b"startxref")
    assert check_file(loop).code not in OURS


def test_without_a_place_the_visitor_is_asked_to_come_back(report, ours, client, monkeypatch):
    monkeypatch.setattr(check, "PATIENCE", 0)
    answer = client.post("/controleren/", {"file": SimpleUploadedFile("r.pdf", ours)})
    assert answer.status_code == 422
    assert "Probeer het over een minuut opnieuw." in answer.content.decode()


# -- the page


def test_the_page_answers_everyone_and_keeps_nothing(world, report, ours, client):
    before = sorted(path_of("ab").parent.parent.rglob("*"))
    for name, data, says in (
        ("rapport.pdf", ours, "Dit bestand is echt"),
        ("rapport.pdf", flipped(ours), "veranderd"),
        ("foto.pdf", png(), "Dit is geen pdf-bestand."),
        ("leeg.pdf", b"", "Dit bestand is leeg."),
    ):
        answer = client.post("/controleren/", {"file": SimpleUploadedFile(name, data)})
        assert answer.status_code == 200, name
        assert says in answer.content.decode(), name
    assert sorted(path_of("ab").parent.parent.rglob("*")) == before
    missing = client.post("/controleren/")
    assert missing.status_code == 422
    assert "Kies een bestand" in missing.content.decode()


# -- mutations

SEED, THROUGH_THE_PAGE = 2017, int(os.environ.get("FAKES", "8"))


def mutated(data: bytes, dice: random.Random) -> bytes:
    """The file after one to five small accidents."""
    changed = bytearray(data)
    for _ in range(dice.randint(1, 5)):
        kind, place = dice.randrange(6), dice.randrange(len(changed))
        if kind == 0:
            changed[place] ^= 1 << dice.randrange(8)
        elif kind == 1:
            del changed[place : place + dice.randint(1, 400)]
        elif kind == 2:
            changed[place:place] = dice.randbytes(dice.randint(1, 400))
        elif kind == 3:
            other = dice.randrange(len(changed))
            changed[place : place + 200] = changed[other : other + 200]
        elif kind == 4:
            number = str(dice.choice([0, -1, 2**31, 10**12])).encode()
            at = changed.find(b" 0 R", place)
            changed[max(at, 0) : max(at, 0)] = number
        else:
            del changed[place:]
            changed += b"\nstartxref\n%d\n%%%%EOF\n" % dice.randrange(len(data))
    return bytes(changed)


def test_of_mutated_files_none_is_called_genuine_and_all_get_an_answer(report, ours):
    """In a child each, as visitors do. `FAKES=1000 pytest ...` tries more; the same seed always gives the same files."""
    dice = random.Random(SEED)
    for _ in range(THROUGH_THE_PAGE):
        fake = mutated(ours, dice)
        if fake != ours:
            answer = check_file(fake)
            assert answer.code not in OURS
            assert answer.meaning


def test_hundreds_of_mutated_files_never_break_the_child(report, ours):
    """Many in one child: quicker, and no crash there. Where the seal still holds, what it covers is untouched."""
    dice = random.Random(SEED + 1)
    start = ours.index(b"/Contents <")
    end = ours.index(b">", start)
    for _ in range(6):
        fakes = [mutated(ours, dice) for _ in range(40)]
        for fake, contents in zip(fakes, check.look_into(*fakes, trust=keys.trusted_roots()), strict=True):
            is_covered_the_same = fake[:start] == ours[:start] and fake[end:] == ours[end:]
            assert contents.reason or not contents.is_genuine or is_covered_the_same
