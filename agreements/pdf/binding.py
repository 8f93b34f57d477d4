"""Drawn parts become one file: what is drawn on a page and over it, every font once, one structure tree."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from pydyf import PDF, Array, Stream
from weasyprint import Document, Page
from weasyprint.pdf.fonts import Font

from agreements.pdf.canvas import Canvas, Images
from agreements.pdf.drawn import Drawn
from agreements.pdf.faces import fresh_faces
from agreements.pdf.fields import add_fields
from agreements.pdf.leaf import Leaf, object_at
from agreements.pdf.resources import Store, plain
from agreements.pdf.structure import TaggingError, join, write_tree
from agreements.pdf.tagger import Tagger

PACKED = {"Filter": "/FlateDecode"}


def bind(document: Document, parts: Sequence[Drawn], over: Sequence[Page]) -> None:
    """Give a document the pages of these parts. `over`: its pages that are drawn over the last of these."""
    leaves = list(chain.from_iterable(part.pages for part in parts))
    _check_links(leaves)
    document.fonts = _fonts(parts)
    draws_with = list(chain.from_iterable([part.resources] * len(part.pages) for part in parts))
    first = len(leaves) - len(over)
    images: Images = {}
    painted = {
        leaf: _paint_over(Canvas(document, page, resources, images), page, document.metadata.lang)
        for page, leaf, resources in zip(over, leaves[first:], draws_with[first:], strict=True)
    }
    for part in parts:
        plain(part.resources, images)
    document.fonts = {number: font for number, font in document.fonts.items() if font.to_unicode}
    document.pages = [Bound(leaf) for leaf in leaves]
    document.binding = Binding(parts, leaves, painted)


@dataclass(frozen=True)
class Binding:
    """What `finish` adds to the file of a document: of that WeasyPrint knows nothing."""

    parts: Sequence[Drawn]
    leaves: Sequence[Leaf]
    over: dict[Leaf, Stream]

    def finish(self, pdf: PDF) -> None:
        """Add what the pages draw with, what is drawn over them, the fields and the structure tree."""
        for leaf, reference in zip(self.leaves, pdf.page_references, strict=True):
            leaf.reference = reference
        store = Store(pdf, object_at(pdf, object_at(pdf, self.leaves[0].reference)["Resources"]))
        for part in self.parts:
            resources = store.place(part.resources)
            for leaf in part.pages:
                object_at(pdf, leaf.reference)["Resources"] = resources
        for leaf, over in self.over.items():
            pdf.add_object(over)
            page = object_at(pdf, leaf.reference)
            page["Contents"] = Array([page["Contents"], over.reference])
        add_fields(pdf, self.leaves)
        contents = list(chain.from_iterable(part.contents for part in self.parts))
        references = list(chain.from_iterable(part.references for part in self.parts))
        write_tree(pdf, join([part.root for part in self.parts]), contents, references)


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


def _paint_over(canvas: Canvas, page: Page, language: str) -> Stream:
    """What is drawn over a page; all of it is an artifact."""
    canvas.paint(page)
    Tagger(language).tag_page(page, canvas, Leaf(page.width, page.height, {}, {}, []))
    return Stream([canvas.compressed()], dict(PACKED))
