"""What a page is drawn on before it has a place in a file."""

import zlib
from typing import Any

import pydyf
from pydyf import Dictionary
from weasyprint import Document, Page
from weasyprint.pdf.stream import Stream

POINTS_PER_PIXEL = 0.75
SMALLEST = 9  # of zlib: pages are most of the file
Images = dict[str, dict[str, Any]]


class Canvas(Stream):
    """The content of one page of a document, in points from the bottom left (ISO 32000-1, 8.3.2.3)."""

    def __init__(self, document: Document, page: Page, resources: Dictionary, images: Images):
        place = (0, 0, page.width, page.height)
        # Without colour profiles: all colours are those of the output intent.
        super().__init__(
            document.fonts, place, resources, images, {}, {}, document.output_intent, compress=True
        )

    def paint(self, page: Page) -> None:
        """Draw the page, so that more can be drawn over it."""
        with self.stacked():
            self.transform(d=-1, f=page.height * POINTS_PER_PIXEL)
            page.paint(self, POINTS_PER_PIXEL)

    def compressed(self) -> bytes:
        """All that was drawn."""
        return zlib.compress(b"\n".join(map(pydyf._to_bytes, self.stream)), SMALLEST)


def no_resources() -> Dictionary:
    """What a page draws with, before it is drawn; fonts are the document's."""
    kinds = ("ExtGState", "XObject", "Pattern", "Shading", "ColorSpace")
    return Dictionary({kind: Dictionary() for kind in kinds} | {"Font": None})
