"""A long document is made in parts, so that a part that did not change need not be made again.

Each <section data-deel> of the HTML begins a part. The first part is what stands before; it is always made, with an
empty page for every page of the other parts: so that it can name those pages, and each gets its number and whatever
else the style sheet puts on a page named "vel". That is drawn over the page of the part, so it has no background and
the same size. The pages of the other parts are named "deel": they know nothing of where they stand, and `:first`,
`:left` and `:right` begin anew. Nothing may pass from one part to the next, also no counter. An element of the first
part may not name both its own page and another.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from agreements.pdf.leaf import Leaf

BEGINS_PART = re.compile(r"(?=<section[^<>]* data-deel[ >])")
HEAD = re.compile(r".*?<body[^<>]*>", re.DOTALL)
OF_ALL_PARTS = re.compile(
    r"<html[^<>]*>|<title>.*?</title>|<link [^<>]+>|<style>.*?</style>|<body[^<>]*>", re.DOTALL
)
EMPTY_NAME = "vel"
EMPTY_PAGE = f'<div class="{EMPTY_NAME}">'
POINTS_AT = re.compile(r'href="(#[^"]+)"')
LOADS = re.compile(r'(?:src|href)="([^"#]+)"')


@dataclass(frozen=True)
class Parts:
    """The HTML of the first part, and of every other part, which is a document of its own; all have this head."""

    first: str
    others: list[str]
    head: str

    def outline(self) -> str:
        """The same for a document with the same head whose first part points at the same things."""
        return " ".join([self.head, *POINTS_AT.findall(self.first)])


def cut(html: str) -> Parts:
    """The parts of a document. All have its title, so that a document with another title shares no part with it."""
    first, *others = BEGINS_PART.split(html)
    head = HEAD.match(first)
    of_all = "".join(OF_ALL_PARTS.findall(head[0])) if head else ""
    return Parts(first, [f'<!doctype html>{of_all}<main class="deel">{part}' for part in others], of_all)


def with_empty_pages(first: str, pages: Iterable[Leaf]) -> str:
    """The first part, with an empty page for each of these pages, on which its anchors stand."""
    return first + "".join(f"{EMPTY_PAGE}{''.join(map(_anchor, page.anchors))}</div>" for page in pages)


def _anchor(name: str) -> str:
    return f'<b id="{escape(name)}"></b>'


def numbers_of(pages: Iterable[Any], before: int = 0) -> dict[str, int]:
    """The number of the page on which each anchor stands, after so many pages before."""
    numbers: dict[str, int] = {}
    for number, page in enumerate(pages, start=before + 1):
        for anchor in page.anchors:
            numbers.setdefault(anchor, number)
    return numbers


def loads(html: str) -> set[str]:
    """The names of the files that it loads itself."""
    return set(LOADS.findall(html))
