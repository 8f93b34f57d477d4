"""Render HTML to a PDF that is PDF/A-3a and PDF/UA-1, in a process that cannot reach out or run away."""

import base64
import hashlib
import json
import re
import signal
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from agreements.pdf.standby import Limits, Standby

FONTS = Path(__file__).parent / "fonts"
FONT_CONFIGURATION = FONTS / "fonts.conf"
PRESS = Standby(
    "agreements.pdf.child",
    FONTCONFIG_FILE=str(FONT_CONFIGURATION),  # no fonts of the machine
    SOURCE_DATE_EPOCH="0",  # else fontTools writes the time of rendering in each font
)
# C libraries without memory write one of these and end the process.
OUT_OF_MEMORY = ("MemoryError", "allocate", "Error creating thread")


@dataclass(frozen=True)
class Attachment:
    """A file inside the PDF.

    `relationship`: "Data" for the source of the report, "Alternative" for the same content in another form,
    "Supplement" for an extra (ISO 32000-2, table 43).
    """

    name: str
    content: bytes
    description: str
    relationship: str = "Supplement"


@dataclass(frozen=True)
class RenderedPdf:
    """A finished PDF, its number of pages and the SHA-256 of its bytes in hexadecimal."""

    data: bytes
    pages: int
    sha256: str


class RenderFailed(Exception):
    """No PDF was made. `reason` says why in Dutch; `log` is what the child wrote, for the manager."""

    def __init__(self, reason: str, log: str = ""):
        super().__init__(reason)
        self.reason = reason
        self.log = log


def render_pdf(
    html: str,
    *,
    assets: Mapping[str, bytes | Path],
    document_id: str,
    attachments: Sequence[Attachment] = (),
    created: datetime,
    on_progress: Callable[[int], None] | None = None,
) -> RenderedPdf:
    """Render a complete HTML document; the same input gives the same bytes.

    `assets` is all that the document may load, by name: "rapport.css" for <link href="rapport.css">.
    The fonts "Source Sans 3" and "Albert Sans" are always there. `created` must know its time zone.
    `on_progress` hears how many pages were laid out so far; a lower number when some are laid out again.
    Raises RenderFailed when time or memory runs out, the input is broken or a font is gone.
    """
    if name := missing_font():
        raise RenderFailed(f"De pdf kon niet worden gemaakt. Het lettertype {name} ontbreekt op de server.")
    with tempfile.TemporaryFile() as paper:
        paper.write(json.dumps(_job(html, assets, document_id, attachments, created)).encode())
        paper.flush()
        pages = _run_child(paper, on_progress or (lambda page: None))
        paper.seek(0)
        data = paper.read()
    return RenderedPdf(data, pages, hashlib.sha256(data).hexdigest())


def missing_font() -> str:
    """The first file of our fonts that is not there; "" when all are."""
    sheet = FONTS / "fonts.css"
    named = re.findall(r"url\((.+?)\)", sheet.read_text()) if sheet.exists() else [sheet.name]
    return next((name for name in named if not (FONTS / name).exists()), "")


def _job(
    html: str,
    assets: Mapping[str, bytes | Path],
    document_id: str,
    attachments: Sequence[Attachment],
    created: datetime,
) -> dict[str, Any]:
    if created.tzinfo is None:
        raise ValueError("created has no time zone")
    contents = {name: item if isinstance(item, bytes) else item.read_bytes() for name, item in assets.items()}
    return {
        "html": html,
        "document_id": document_id,
        "created": created.isoformat(),
        "assets": {name: _encode(content) for name, content in contents.items()},
        "attachments": [
            vars(attachment) | {"content": _encode(attachment.content)} for attachment in attachments
        ],
    }


def _encode(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _run_child(paper: IO[bytes], on_progress: Callable[[int], None]) -> int:
    """Run the child to its end and return the number of pages."""
    limits = Limits(settings.PDF_MEMORY_MB, settings.PDF_TIMEOUT, settings.PDF_TIMEOUT)
    last, ended, log = PRESS.do(
        paper, limits, lambda message: on_progress(message["page"]) if "page" in message else None
    )
    if "pages" not in last or ended != 0:
        raise _failure(last, ended, log)
    return int(last["pages"])


def _failure(last: dict[str, Any], ended: int | None, log: str) -> RenderFailed:
    reason = "De pdf kon niet worden gemaakt door een fout in het programma."
    if "broken" in last:
        reason = f"De pdf kon niet worden gemaakt. {last['broken']}"
    elif ended in (-signal.SIGKILL, -signal.SIGXCPU):
        reason = f"Het maken van de pdf duurde langer dan {settings.PDF_TIMEOUT} seconden."
    elif "no_memory" in last or any(sign in log for sign in OUT_OF_MEMORY):
        reason = f"Het maken van de pdf kostte meer dan {settings.PDF_MEMORY_MB} MB geheugen."
    return RenderFailed(reason, log)
