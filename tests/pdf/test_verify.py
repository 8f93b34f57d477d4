"""The verdict on our own file, on files that were tampered with and on files made to hurt."""

import io
import random
import time
import zlib

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter

from agreements.pdf import keys
from agreements.pdf.stamp import stamp_style
from agreements.pdf.verify import Unreadable, verify_pdf


def append(data: bytes, change) -> bytes:
    """The file with one more revision in which `change` did something."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def sign_field(data: bytes, field: str, signer) -> bytes:
    metadata = signers.PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES)
    writer, output = IncrementalPdfFileWriter(io.BytesIO(data)), io.BytesIO()
    signers.PdfSigner(metadata, signer, stamp_style=stamp_style("Getekend")).sign_pdf(
        writer, existing_fields_only=True, output=output
    )
    return output.getvalue()


@pytest.fixture(scope="module")
def stranger(tmp_path_factory):
    """Somebody with an authority of their own."""
    folder = tmp_path_factory.mktemp("vreemd")
    keys.make_demo_authority(folder)
    return signers.SimpleSigner.load_pkcs12(folder / "zegel.p12")


def test_our_own_file_is_genuine(sealed, roots):
    verdict = verify_pdf(sealed, trust=roots)

    (signature,) = verdict.signatures
    assert verdict.is_genuine
    assert signature.field == "zegel"
    assert signature.signer == "Zegel (voorbeeld, niet rechtsgeldig)"
    assert signature.signed_at.utcoffset() is not None
    assert (signature.is_intact, signature.is_trusted, signature.covers_whole_file) == (True, True, True)
    assert signature.changes == "NONE"


def test_a_file_without_a_signature_is_not_genuine(report, roots):
    verdict = verify_pdf(report.data, trust=roots)

    assert verdict.signatures == ()
    assert not verdict.is_genuine


def test_a_seal_from_an_unknown_authority_is_not_genuine(sealed):
    verdict = verify_pdf(sealed, trust=keys.Trust())

    assert verdict.signatures[0].is_intact
    assert not verdict.signatures[0].is_trusted
    assert not verdict.is_genuine


def test_a_changed_byte_is_always_noticed(sealed, roots):
    pick = random.Random(2017)
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        first, before, after, length = (int(number) for number in pdf.Root.Perms.DocMDP.ByteRange)

    for _ in range(60):
        place = pick.choice([pick.randrange(first, before), pick.randrange(after, after + length)])
        changed = bytearray(sealed)
        changed[place] ^= 1 << pick.randrange(8)
        try:
            genuine = verify_pdf(bytes(changed), trust=roots).is_genuine
        except Unreadable:
            genuine = False
        assert not genuine, place


def draw_over_page(writer):
    page = writer.root["/Pages"]["/Kids"][1]
    paint = b"\n/Artifact BMC q 1 0 0 rg 50 50 300 100 re f Q EMC\n"
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=page["/Contents"].data + paint))
    writer.update_container(page)


def replace_attachment(writer):
    file = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]
    file["/EF"]["/F"] = writer.add_object(generic.StreamObject(stream_data=b'{"afspraken": ["vals"]}'))
    writer.update_container(file)


def add_note(writer):
    page = writer.root["/Pages"]["/Kids"][0]
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (50, 50, 300, 200))),
            generic.pdf_name("/Contents"): generic.pdf_string("Vervallen"),
        }
    )
    page["/Annots"] = generic.ArrayObject([writer.add_object(note)])
    writer.update_container(page)


def add_script(writer):
    action = {generic.pdf_name("/S"): generic.pdf_name("/JavaScript")}
    action[generic.pdf_name("/JS")] = generic.pdf_string("app.alert(1)")
    writer.root["/OpenAction"] = generic.DictionaryObject(action)
    writer.update_root()


@pytest.mark.parametrize("change", [draw_over_page, replace_attachment, add_note, add_script])
def test_a_change_after_sealing_leaves_the_seal_intact_but_not_genuine(sealed, roots, change):
    verdict = verify_pdf(append(sealed, change), trust=roots)

    (signature,) = verdict.signatures
    assert (signature.is_intact, signature.is_trusted) == (True, True)  # why these two may never decide
    assert signature.changes == "OTHER"
    assert not signature.is_genuine
    assert not verdict.is_genuine


def test_bytes_behind_the_end_are_noticed(sealed, roots):
    verdict = verify_pdf(sealed + b"\n% meer\n", trust=roots)

    assert not verdict.signatures[0].covers_whole_file
    assert not verdict.is_genuine


def test_a_second_signature_in_its_own_field_keeps_both_genuine(sealed, roots, seal):
    verdict = verify_pdf(sign_field(sealed, "partij-1", seal.signer), trust=roots)

    assert [signature.field for signature in verdict.signatures] == ["zegel", "partij-1"]
    assert [signature.changes for signature in verdict.signatures] == ["FORM_FILLING", "NONE"]
    assert verdict.is_genuine


def test_a_stranger_in_an_empty_field_is_listed_and_spoils_the_verdict(sealed, roots, stranger):
    verdict = verify_pdf(sign_field(sealed, "partij-1", stranger), trust=roots)

    assert [signature.is_genuine for signature in verdict.signatures] == [True, False]
    assert not verdict.is_genuine


def small_pdf(objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """A PDF of a few objects, with a correct cross-reference table."""
    output, places = bytearray(b"%PDF-1.7\n"), {}
    for number, content in objects.items():
        places[number] = len(output)
        output += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start, size = len(output), max(objects) + 1
    output += b"xref\n0 %d\n0000000000 65535 f \n" % size
    output += b"".join(b"%010d 00000 n \n" % places.get(number, 0) for number in range(1, size))
    output += b"trailer\n<</Size %d /Root 1 0 R %b>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(output)


CATALOG, NO_PAGES = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"
FORM = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[3 0 R]/SigFlags 3>>>>"
ZEROS = zlib.compress(b"\0" * (1 << 28), 9)
XREF = b"3 0 obj\n<</Type/XRef/Size 9/W[1 4 2]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n%b\nendstream"
BOMB = XREF % (len(ZEROS), ZEROS) + b"\nendobj"


def encrypted(data: bytes) -> bytes:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(output, encryption=pikepdf.Encryption(owner="eigenaar", user="lezer"))
    return output.getvalue()


HOSTILE = {
    "empty": lambda sealed: b"",
    "html": lambda sealed: b"<html>%PDF-1.7 nee</html>",
    "half": lambda sealed: sealed[: len(sealed) // 2],
    "no cross-reference": lambda sealed: sealed.replace(b"startxref", b"startxxxx"),
    "loop of revisions": lambda sealed: small_pdf({1: CATALOG, 2: NO_PAGES}, b"/Prev 9"),
    "field in itself": lambda sealed: small_pdf({1: FORM, 2: NO_PAGES, 3: b"<</T(a)/Kids[3 0 R]>>"}),
    "deep nesting": lambda sealed: small_pdf({1: FORM, 2: NO_PAGES, 3: b"[" * 100_000 + b"]" * 100_000}),
    "nothing signed": lambda sealed: small_pdf({1: FORM, 2: NO_PAGES, 3: b"<</T(a)/FT/Sig/V<</Type/Sig>>>>"}),
    "other kind of signature": lambda sealed: sealed.replace(b"ETSI.CAdES.detached", b"ETSI.CAdES.verzonne"),
    "bomb": lambda sealed: b"%PDF-1.7\n" + BOMB + b"\nstartxref\n9\n%%EOF\n",
    "encrypted": encrypted,
    "padded": lambda sealed: sealed + b"\0" * 5_000_000,
    "too big": lambda sealed: b"%PDF-1.7" + b"\0" * 25_000_000 + b"%%EOF",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_unreadable_within_seconds(name, sealed, roots):
    data = HOSTILE[name](sealed)
    start = time.process_time()

    with pytest.raises(Unreadable) as refusal:
        verify_pdf(data, trust=roots)

    assert refusal.value.reason
    assert time.process_time() - start < 3
