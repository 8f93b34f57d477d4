"""The seal: one certification signature in the field that was waiting for it."""

import io

import pikepdf
import pytest
from pyhanko.sign.general import SigningError

from agreements.pdf.seal import seal_pdf


def test_an_independent_program_calls_the_seal_valid(sealed, run):
    printed = run("pdfsig", sealed)

    assert printed.count("Signature is Valid") == 1
    assert printed.count("The signature form field is not signed") == 1
    assert "Total document signed" in printed
    assert "Signature Type: ETSI.CAdES.detached" in printed


def test_one_changed_byte_makes_the_seal_invalid(sealed, run):
    changed = bytearray(sealed)
    changed[5000] ^= 1

    assert "Signature is Valid" not in run("pdfsig", bytes(changed))


def test_the_sealed_file_starts_with_the_unsealed_one(report, sealed):
    assert sealed.startswith(report.data)
    assert len(sealed) - len(report.data) < 30_000


def test_the_seal_allows_only_the_empty_fields_to_be_filled(sealed):
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        signature = pdf.Root.Perms.DocMDP
        fields = {str(field.T): "/V" in field for field in pdf.Root.AcroForm.Fields}

        assert int(signature.Reference[0].TransformParams.P) == 2
        assert str(signature.Reason) == "Vastgesteld door burgemeester en wethouders"
        assert fields == {"zegel": True, "partij-1": False}


def test_the_stamp_names_the_sealer_on_the_page(sealed, run):
    text = run("pdftotext", sealed, after=("-",))

    assert "Digitaal verzegeld door\nZegel (voorbeeld, niet rechtsgeldig)\n" in text


def test_a_file_is_sealed_once(sealed, seal):
    with pytest.raises(SigningError):
        seal_pdf(sealed, seal=seal, reason="Nog eens")


def test_a_file_without_a_field_for_the_seal_is_not_sealed(render, seal):
    with pytest.raises(SigningError):
        seal_pdf(render("<p>Geen veld</p>").data, seal=seal, reason="Proef")
