"""A document, drawn part by part."""

import gc
import hashlib
from collections.abc import Mapping, Sequence
from itertools import chain

from weasyprint import Document, Page

from agreements.pdf.binding import bind
from agreements.pdf.drawn import Drawn
from agreements.pdf.faces import faces
from agreements.pdf.leaf import Leaf
from agreements.pdf.painting import paint
from agreements.pdf.parts import EMPTY_NAME, Parts, cut, loads, numbers_of, with_empty_pages
from agreements.pdf.shelf import Shelf
from agreements.pdf.typesetting import BrokenInput, Typesetter


class Book:
    """A document while it is drawn. What lies on the shelf is not made again, and makes no difference."""

    def __init__(self, html: str, assets: Mapping[str, bytes], typesetter: Typesetter, shelf: Shelf):
        self._parts = cut(html)
        self._assets, self._typesetter, self._shelf = assets, typesetter, shelf

    def draw(self) -> Document:
        """The document, ready to be written. Raises BrokenInput."""
        names = _names(self._parts, self._assets)
        drawn = [self._part(name, html) for name, html in zip(names, self._parts.others, strict=True)]
        pages = list(chain.from_iterable(part.pages for part in drawn))
        document = self._lay_out_first(pages)
        own = len(document.pages) - len(pages)
        _check_empty(document.pages[own:], pages)
        first = paint(document, document.pages[:own])
        bind(document, [first, *drawn], over=document.pages[own:])
        return document

    def _part(self, name: str, html: str) -> Drawn:
        found: Drawn | None = self._shelf.find(name)
        if (
            found and found.fonts.keys() <= faces().keys()
        ):  # another child may have drawn with a face of its own
            return found
        document = self._typesetter.lay_out(html)
        drawn = paint(document, document.pages)
        self._shelf.keep(name, drawn)
        del document
        gc.collect()  # a child does not by itself (forking.py)
        return drawn

    def _lay_out_first(self, pages: Sequence[Leaf]) -> Document:
        """The first part and the empty pages. Probably it is as long as the last one that pointed at the same."""
        html = with_empty_pages(self._parts.first, pages)
        if not pages:
            return self._typesetter.lay_out(html)
        name = hashlib.sha256(self._parts.outline().encode()).hexdigest()
        document = self._lay_out_as(self._shelf.find(name), html, pages) or self._typesetter.lay_out(html)
        own = document.pages[: len(document.pages) - len(pages)]
        self._shelf.keep(name, (len(own), numbers_of(own)))
        return document

    def _lay_out_as(
        self, last: tuple[int, dict[str, int]] | None, html: str, pages: Sequence[Leaf]
    ) -> Document | None:
        """None when it is not as long, or its anchors stand elsewhere."""
        if last is None:
            return None
        length, own = last
        expected = numbers_of(pages, before=length) | own
        document = self._typesetter.lay_out(html, expected)
        if numbers_of(document.pages) == expected:
            return document
        del document
        gc.collect()
        return None


def _check_empty(sheets: Sequence[Page], pages: Sequence[Leaf]) -> None:
    for sheet, page in zip(sheets, pages, strict=True):
        is_empty_page = sheet._page_box.page_type.name == EMPTY_NAME
        if not is_empty_page or (sheet.width, sheet.height) != (page.width, page.height):
            raise BrokenInput(
                "De opmaak klopt niet voor een document in delen. Vraag de beheerder om dat te herstellen."
            )


def _names(parts: Parts, assets: Mapping[str, bytes]) -> list[str]:
    """For each part a name that differs when the part does: its HTML, or any file but those of other parts alone."""
    of_parts = [loads(part) & assets.keys() for part in parts.others]
    sheets = parts.head.encode() + b"".join(assets[name] for name in assets if name.endswith(".css"))
    alone = {name for name in set().union(*of_parts) if name.encode() not in sheets}
    digests = {name: name.encode() + hashlib.sha256(content).digest() for name, content in assets.items()}
    names = []
    for part, own in zip(parts.others, of_parts, strict=True):
        used = sorted(assets.keys() - alone | own)
        names.append(hashlib.sha256(part.encode() + b"".join(digests[name] for name in used)).hexdigest())
    return names
