"""Draw page after page, tag each at once, and let go of its boxes: only what is drawn stays.

Measured on a report of 50 commitments: 9 MB less at the peak.
"""

from functools import partial

import pydyf
from pydyf import PDF, Dictionary
from weasyprint import Document, Page
from weasyprint.pdf.stream import Stream

from agreements.pdf import structure
from agreements.pdf.fields import add_fields, fields_on
from agreements.pdf.tagger import Tagger


class Painter:
    """Takes over the painting of a document; `finish` adds what belongs to all pages."""

    def __init__(self, document: Document):
        self._tagger = Tagger(document.metadata.lang)
        self._fields: list[list[Dictionary]] = []
        for page in document.pages:
            page.paint = partial(self._paint, page)

    def _paint(self, page: Page, stream: Stream, scale: float) -> None:
        Page.paint(page, stream, scale)
        self._fields.append(fields_on(page))
        self._tagger.tag_page(page, stream)
        del page._page_box, page.paint
        stream.stream[:] = [b"\n".join(map(pydyf._to_bytes, stream.stream))]
        stream._tags = None

    def finish(self, pdf: PDF) -> None:
        """Add the fields and the structure tree."""
        add_fields(pdf, self._fields)
        structure.write_tree(pdf, self._tagger.root, self._tagger.contents, self._tagger.references)
