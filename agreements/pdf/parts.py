"""A long document is made in parts, so that a part that did not change need not be made again.

Each <section data-deel> of the HTML begins a part. The first part is what stands before; it is always made, with an
empty page for every page of the other parts: so that it can name those pages, and each gets its number and whatever
else the style sheet puts on a page named "vel". The pages of the other parts are named "deel": they know nothing of
where they stand. Nothing else may pass from one part to the next, also no counter.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from agreements.pdf.leaf import Leaf

BEGINS_PART = re.compile(r"(?=<section[^<>]* data-deel[ >])")
OF_ALL_PARTS = re.compile(
    r"<html[^<>]*>|<title>.*?</title>|<link [^<>]+>|<style>.*?</style>|<body[^<>]*>", re.DOTALL
)
EMPTY_PAGE = '<div class="vel">'
POINTS_AT = re.compile(r'href="(#[^"]+)"')
LOADS = re.compile(r'(?:src|href)="([^"#]+)"')


@dataclass(frozen=True)
class Parts:
    """The HTML of the first part, and of every other part, which is a document of its own; all have this head."""

    first: str
    others: list[str]
    head: str

    def kind(self) -> str:
        """The same for a document with the same head whose first part points at the same things."""
        return " ".join([self.head, *POINTS_AT.findall(self.first)])


def cut(html: str) -> Parts:
    """The parts of a document."""
    first, *others = BEGINS_PART.split(html)
    head = "".join(OF_ALL_PARTS.findall(first))
    return Parts(first, [f'<!doctype html>{head}<main class="deel">{part}' for part in others], head)


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
