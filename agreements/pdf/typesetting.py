"""HTML, laid out by WeasyPrint with our fonts and nothing but the assets that came along."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import weasyprint
import weasyprint.css

from agreements.pdf import reuse
from agreements.pdf.assets import BASE_URL, AssetFetcher
from agreements.pdf.faces import known_fonts
from agreements.pdf.parts import EMPTY_PAGE
from agreements.pdf.text import drawable

LINK = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
OPTIONS = {
    "pdf_variant": "pdf/a-3a",
    "pdf_version": "1.7",
    "pdf_tags": True,
    "output_intent": "srgb",
}
NO_NUMBERS: Mapping[str, int] = MappingProxyType({})


class BrokenInput(Exception):
    """The HTML cannot be rendered as it is. The message is Dutch and says what to mend."""


class Page(weasyprint.HTML):
    """HTML whose elements have no style for footnotes and notes, and only <li> one for its bullet.

    Six styles beside that of each element, in which nothing is ever drawn: 4 % of the whole document (measured).
    """

    expected: Mapping[str, int]  # paging.py

    def _ua_stylesheets(self, forms: bool = False) -> list[weasyprint.CSS]:
        return [basic_sheet()]


@lru_cache(maxsize=1)
def basic_sheet() -> weasyprint.CSS:
    """WeasyPrint's own style sheet, without those."""
    lines = (Path(weasyprint.css.__file__).parent / "html5_ua.css").read_text().splitlines()
    kept = [line for line in lines if not line.startswith(("::footnote-", "::note-"))]
    return weasyprint.CSS(string="\n".join(kept).replace("\n::marker", "\nli::marker"))


class Typesetter:
    """Lays out one document after another; their style sheets are read once.

    `on_page` hears how many pages were laid out so far. Empty pages do not count.
    """

    def __init__(self, fetcher: AssetFetcher, on_page: Callable[[int], None]):
        self._fetcher, self._on_page = fetcher, on_page
        self._sheets: dict[str, weasyprint.CSS] = {}
        self._done = self._empty = self._told = 0

    def lay_out(self, html: str, expected: Mapping[str, int] = NO_NUMBERS) -> weasyprint.Document:
        """The pages of a document or of a part. Raises BrokenInput.

        `expected`: on which page every anchor is thought to stand; then it is laid out faster, and right if they do.
        """
        reuse.forget()
        self._empty = html.count(EMPTY_PAGE)
        sheets = [known_fonts()[1], *map(self._sheet, LINK.findall(html))]
        page = Page(string=LINK.sub("", html), base_url=BASE_URL, url_fetcher=self._fetcher)
        page.expected = expected
        _make_drawable(page.etree_element)
        document = page.render(font_config=known_fonts()[0], stylesheets=sheets, **OPTIONS)
        if not document.metadata.title or not document.metadata.lang:
            raise BrokenInput("Het document heeft geen titel of geen taal.")  # PDF/UA-1, 7.1 and 7.2
        kinds = {kind for page in document.pages for kind, *_ in page.links}
        if document.metadata.attachments or "attachment" in kinds:
            raise BrokenInput("Het document vraagt zelf om bijlagen.")  # only the caller attaches files
        self._done += len(document.pages) - self._empty
        return document

    def note(self, page: int) -> None:
        """WeasyPrint laid out this page of the document."""
        made = max(1, self._done + max(0, page - self._empty))
        if made != self._told:
            self._told = made
            self._on_page(made)

    def _sheet(self, name: str) -> weasyprint.CSS:
        if name not in self._sheets:
            self._sheets[name] = weasyprint.CSS(
                url=BASE_URL + name, url_fetcher=self._fetcher, font_config=known_fonts()[0]
            )
        return self._sheets[name]


def _make_drawable(root: Any) -> None:
    """Replace characters that the fonts lack. After parsing: before it, a look-alike of "<" would become markup."""
    for element in root.iter():
        element.text, element.tail = drawable(element.text or ""), drawable(element.tail or "")
        element.attrib.update({name: drawable(value) for name, value in element.attrib.items()})
