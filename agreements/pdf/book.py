"""A document, drawn part by part."""

import gc
import hashlib
from collections.abc import Mapping, Sequence
from itertools import chain

from weasyprint import Document

from agreements.pdf.binding import Binding
from agreements.pdf.drawn import Drawn
from agreements.pdf.faces import faces
from agreements.pdf.leaf import Leaf
from agreements.pdf.painting import paint
from agreements.pdf.parts import cut, loads, numbers_of, with_empty_pages
from agreements.pdf.shelf import Shelf
from agreements.pdf.typesetting import Typesetter


class Book:
    """A document while it is drawn. What lies on the shelf is not made again, and makes no difference."""

    def __init__(self, html: str, assets: Mapping[str, bytes], typesetter: Typesetter, shelf: Shelf):
        self._parts = cut(html)
        self._assets, self._typesetter, self._shelf = assets, typesetter, shelf

    def draw(self) -> Document:
        """The document, ready to be written."""
        names = _names(self._parts.others, self._assets)
        drawn = [self._part(name, html) for name, html in zip(names, self._parts.others, strict=True)]
        pages = list(chain.from_iterable(part.pages for part in drawn))
        document = self._lay_out_first(pages)
        own = len(document.pages) - len(pages)
        first = paint(document, document.pages[:own])
        Binding(document, [first, *drawn], over=document.pages[own:])
        return document

    def _part(self, name: str, html: str) -> Drawn:
        found: Drawn | None = self._shelf.find(name)
        if found and found.fonts.keys() <= faces().keys():
            return found
        document = self._typesetter.lay_out(html)
        drawn = paint(document, document.pages)
        self._shelf.keep(name, drawn)
        del document
        gc.collect()
        return drawn

    def _lay_out_first(self, pages: Sequence[Leaf]) -> Document:
        """The first part and the empty pages. Probably it is as long as that of the last document of this kind."""
        html = with_empty_pages(self._parts.first, pages)
        name = hashlib.sha256(self._parts.kind().encode()).hexdigest()
        document = self._lay_out_as(self._shelf.find(name), html, pages) or self._typesetter.lay_out(html)
        own = document.pages[: len(document.pages) - len(pages)]
        self._shelf.keep(name, (len(own), numbers_of(own)))
        return document

    def _lay_out_as(
        self, last: tuple[int, dict[str, int]] | None, html: str, pages: Sequence[Leaf]
    ) -> Document | None:
        """None when it is not as long, or its anchors stand elsewhere."""
        if last is None or not pages:
            return None
        length, own = last
        expected = own | numbers_of(pages, before=length)
        document = self._typesetter.lay_out(html, expected)
        return document if numbers_of(document.pages) == expected else None


def _names(parts: Sequence[str], assets: Mapping[str, bytes]) -> list[str]:
    """For each part a name that differs when the part does: its HTML, what it loads, or what a style sheet may load."""
    of_parts = [loads(part) & assets.keys() for part in parts]
    of_all = assets.keys() - set().union(*of_parts)
    names = []
    for part, own in zip(parts, of_parts, strict=True):
        digest = hashlib.sha256(part.encode())
        for name in sorted(own | of_all):
            digest.update(name.encode() + hashlib.sha256(assets[name]).digest())
        names.append(digest.hexdigest())
    return names
