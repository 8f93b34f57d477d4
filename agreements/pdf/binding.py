"""Drawn parts become one file: what is drawn on a page and over it, every font once, one structure tree."""

from collections.abc import Sequence
from itertools import chain

from pydyf import PDF, Array, Dictionary, Stream
from weasyprint import Document, Page
from weasyprint.pdf.fonts import Font

from agreements.pdf.canvas import Canvas
from agreements.pdf.drawn import Drawn
from agreements.pdf.faces import fresh_faces
from agreements.pdf.fields import add_fields
from agreements.pdf.leaf import Leaf
from agreements.pdf.resources import Store
from agreements.pdf.structure import TaggingError, join, write_tree
from agreements.pdf.tagger import Tagger

PACKED = {"Filter": "/FlateDecode"}


class Binding:
    """Gives a document the pages of these parts; `finish` adds what WeasyPrint knows nothing of.

    `over`: the pages of the document that are drawn over the last of these.
    """

    def __init__(self, document: Document, parts: Sequence[Drawn], over: Sequence[Page]):
        self._parts = parts
        self._leaves = list(chain.from_iterable(part.pages for part in parts))
        _check_links(self._leaves)
        document.fonts = _fonts(parts)
        draws_with = list(chain.from_iterable([part.resources] * len(part.pages) for part in parts))
        first = len(self._leaves) - len(over)
        self._over = {
            leaf: _paint_over(document, page, resources)
            for page, leaf, resources in zip(over, self._leaves[first:], draws_with[first:], strict=True)
        }
        document.fonts = {number: font for number, font in document.fonts.items() if font.to_unicode}
        document.pages = [Bound(leaf) for leaf in self._leaves]
        document.binding = self

    def finish(self, pdf: PDF) -> None:
        """Add what the pages draw with, the sheets, the fields and the structure tree."""
        for leaf, reference in zip(self._leaves, pdf.page_references, strict=True):
            leaf.reference = reference
        fonts = _object(pdf, _object(pdf, self._leaves[0].reference)["Resources"])["Font"]
        store = Store(pdf, fonts)
        for part in self._parts:
            resources = store.place(part.resources)
            for leaf in part.pages:
                _object(pdf, leaf.reference)["Resources"] = resources
        for leaf, over in self._over.items():
            pdf.add_object(over)
            page = _object(pdf, leaf.reference)
            page["Contents"] = Array([page["Contents"], over.reference])
        add_fields(pdf, self._leaves)
        references = list(chain.from_iterable(part.references for part in self._parts))
        write_tree(pdf, join([part.root for part in self._parts]), self._leaves, references)


class Bound:
    """What WeasyPrint asks of a page, answered by one that is drawn already."""

    def __init__(self, leaf: Leaf):
        self._leaf = leaf
        self.width, self.height, self.bleed = leaf.width, leaf.height, leaf.bleed
        self.anchors, self.links, self.bookmarks = leaf.anchors, leaf.links, leaf.bookmarks
        self.forms: dict[None, list[object]] = {}

    def paint(self, stream: Stream, scale: float) -> None:
        """Its content takes the place of all that is in the stream."""
        stream.stream, stream.extra, stream.compress = [self._leaf.content], dict(PACKED), False


def _check_links(leaves: Sequence[Leaf]) -> None:
    anchors = {anchor for leaf in leaves for anchor in leaf.anchors}
    for _, target, _, link in chain.from_iterable(leaf.links for leaf in leaves):
        if link.kind == "internal" and target not in anchors:
            raise TaggingError(f"De link ‘{link.text}’ gaat naar #{target}, en dat staat nergens.")


def _fonts(parts: Sequence[Drawn]) -> dict[int, Font]:
    """The fonts of all parts; what a glyph stands for, the first part says in which it is drawn."""
    fonts = fresh_faces()
    for part in parts:
        for number, added in part.fonts.items():
            for name, values in added.items():
                known = getattr(fonts[number], name)
                known.update({glyph: values[glyph] for glyph in values if glyph not in known})
    return fonts


def _paint_over(document: Document, page: Page, resources: Dictionary) -> Stream:
    """What is drawn over a page; all of it is an artifact."""
    canvas = Canvas(document, page, resources, {})
    canvas.paint(page)
    Tagger(document.metadata.lang).tag_page(page, canvas, Leaf(page.width, page.height, {}, {}, []))
    return Stream([canvas.compressed()], dict(PACKED))


def _object(pdf: PDF, reference: bytes) -> Dictionary:
    return pdf.objects[int(reference.split()[0])]
