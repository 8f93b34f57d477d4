"""Files and text that are made to hang or to mislead."""

import subprocess
import zlib
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from agreements.documents.checks import checked
from agreements.pdf.render import render_pdf

LOOKALIKES = "＜style＞p{visibility:hidden}＜/style＞＜h2＞Ingevoegd＜/h2＞ ＜!-- weg"
STARTS_WITH_SOLIDUS = "\u0338doorgestreept"


def a_pdf_with_an_endless_table() -> bytes:
    """Fewer than 300 bytes that say they hold two thousand million objects."""
    start = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    packed = zlib.compress(b"\x00" * 7000)
    head = f"3 0 obj\n<</Type/XRef/Size 1000/W[1 4 2]/Root 1 0 R/Index[0 2000000000]/Filter/FlateDecode/Length {len(packed)}>>"
    table = head.encode() + b"\nstream\n" + packed + b"\nendstream\nendobj\n"
    return start + table + f"startxref\n{len(start)}\n%%EOF\n".encode()


def test_a_file_that_never_ends_is_given_up_and_refused():
    with pytest.raises(ValidationError, match="is geen goed pdf-bestand"):
        checked("eindeloos.pdf", a_pdf_with_an_endless_table())


def test_lookalikes_of_markup_stay_text_in_a_report(tmp_path):
    html = (
        '<!doctype html><html lang="nl"><head><title>Proef</title></head><body><h1>Proef</h1>'
        f"<p>{LOOKALIKES}</p><p>{STARTS_WITH_SOLIDUS}</p><p>Daarna.</p></body></html>"
    )
    made = render_pdf(html, assets={}, document_id="proef", created=datetime(2017, 11, 15, tzinfo=UTC))
    (tmp_path / "proef.pdf").write_bytes(made.data)
    said = subprocess.run(
        ["pdftotext", str(tmp_path / "proef.pdf"), "-"], capture_output=True, text=True
    ).stdout
    assert "<style>p{visibility:hidden}</style><h2>Ingevoegd</h2>" in said.replace("\n", "")
    assert "doorgestreept" in said
    assert "Daarna." in said
