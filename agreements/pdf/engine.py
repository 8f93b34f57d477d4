"""HTML to PDF with WeasyPrint, with our own tags, fields, metadata and file writer. Runs in the child.

The seams (names inside WeasyPrint that we replace or call) are listed in tests/pdf/test_seams.py.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pydyf
import weasyprint
import weasyprint.draw
import weasyprint.pdf
import weasyprint.pdf.fonts
import weasyprint.svg
from weasyprint.pdf.stream import Stream
from weasyprint.urls import FatalURLFetchingError

from agreements.pdf import drawing, glyphs, objstm, paging, reuse, tagger, xmp
from agreements.pdf.assets import BASE_URL, AssetFetcher
from agreements.pdf.book import Book
from agreements.pdf.faces import faces
from agreements.pdf.shelf import Shelf
from agreements.pdf.structure import TaggingError
from agreements.pdf.text import covered
from agreements.pdf.typesetting import OPTIONS, BrokenInput, Typesetter, basic_sheet


@dataclass(frozen=True)
class Job:
    """Everything that decides the bytes of one PDF.

    `attachments`: dicts with `name`, `content` (bytes), `description` and `relationship`.
    """

    html: str
    assets: dict[str, bytes]
    document_id: str
    attachments: list[dict[str, Any]]
    created: datetime

    def fingerprint(self) -> bytes:
        """16 bytes that differ when the document differs: the /ID of the file."""
        digest = hashlib.sha256()
        parts = [self.html.encode(), self.document_id.encode(), self.created.isoformat().encode()]
        parts += [content for _, content in sorted(self.assets.items())]
        parts += [attachment["content"] for attachment in self.attachments]
        for part in parts:
            digest.update(len(part).to_bytes(8, "big") + part)
        return digest.digest()[:16]


def get_ready() -> None:
    """Load beforehand what every document needs."""
    _replace_seams()
    covered()
    faces()
    basic_sheet()


def make_pdf(job: Job, on_page: Callable[[int], None], shelf: Shelf) -> tuple[bytes, int]:
    """The PDF and its number of pages. Raises BrokenInput. `on_page` hears how many pages were laid out so far."""
    get_ready()
    fetcher = AssetFetcher(job.assets)
    typesetter = Typesetter(fetcher, on_page)
    errors = _listen(typesetter.note)
    try:
        document = Book(job.html, job.assets, typesetter, shelf).draw()
        content = _write(job, document)
    except FatalURLFetchingError as error:  # a BaseException
        raise BrokenInput(_missing(fetcher)) from error
    except TaggingError as error:
        raise BrokenInput(str(error)) from error
    except RecursionError as error:
        raise BrokenInput("De elementen zijn te diep genest.") from error
    if fetcher.refused:
        raise BrokenInput(_missing(fetcher))
    if errors:
        raise BrokenInput(errors[0])
    shelf.put_away()
    return content, len(document.pages)


def _replace_seams() -> None:
    Stream.marked = tagger.marked
    weasyprint.pdf.add_tags = lambda pdf, document, *_: document.binding.finish(pdf)
    reuse.install()
    paging.install()
    pydyf._to_bytes = drawing.write_once
    Stream.show_text = drawing.show_text
    weasyprint.draw.draw_text = drawing.draw_words
    weasyprint.draw.draw_background_image = drawing.draw_picture
    weasyprint.svg.TAGS["text"] = drawing.draw_label
    weasyprint.pdf.fonts.Font.subset = glyphs.keep_drawn


def _write(job: Job, document: weasyprint.Document) -> bytes:
    document.metadata.created = document.metadata.modified = job.created.isoformat(timespec="seconds")
    instance = job.fingerprint()
    document.metadata.generate_rdf_metadata = lambda *_: xmp.packet(
        document.metadata,
        document_id=job.document_id,
        instance=instance,
        producer=f"WeasyPrint {weasyprint.VERSION}",
    )
    options = weasyprint.DEFAULT_OPTIONS | OPTIONS | {"attachments": _attachments(job)}
    pdf = weasyprint.pdf.generate_pdf(document, None, 1, **options)
    if "AF" in pdf.catalog:  # WeasyPrint lists every attachment twice
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
    return objstm.write(pdf, instance)


def _attachments(job: Job) -> list[weasyprint.Attachment]:
    moment = job.created.astimezone(UTC)
    return [
        weasyprint.Attachment(
            string=attachment["content"],
            name=attachment["name"],
            description=attachment["description"],
            relationship=attachment["relationship"],
            created=moment,
            modified=moment,
        )
        # The names of embedded files form a name tree, which must be sorted (ISO 32000-1, 7.9.6).
        for attachment in sorted(job.attachments, key=lambda attachment: attachment["name"])
    ]


def _missing(fetcher: AssetFetcher) -> str:
    return f"Dit bestand is niet meegegeven: {fetcher.refused[0].removeprefix(BASE_URL)[:200]}"


def _listen(on_page: Callable[[int], None]) -> list[str]:
    """Pass on the pages that WeasyPrint logs; collect its errors (a link to nowhere, a broken SVG)."""
    errors: list[str] = []
    progress, log = logging.getLogger("weasyprint.progress"), logging.getLogger("weasyprint")
    progress.setLevel(logging.INFO)
    progress.propagate = log.propagate = False
    progress.handlers = [_Handler(lambda record: _report_page(record, on_page))]
    log.handlers = [_Handler(lambda record: errors.append(record.getMessage()), logging.ERROR)]
    return errors


def _report_page(record: logging.LogRecord, on_page: Callable[[int], None]) -> None:
    if str(record.msg).endswith("Creating layout - Page %d"):
        on_page(int(record.args[0]))  # type: ignore[index, arg-type]


class _Handler(logging.Handler):
    def __init__(self, receive: Callable[[logging.LogRecord], None], level: int = logging.NOTSET):
        super().__init__(level)
        self._receive = receive

    def emit(self, record: logging.LogRecord) -> None:
        self._receive(record)
