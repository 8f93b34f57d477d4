"""What stays of a part of a document once it is drawn. It can be kept, and put in any document."""

from dataclasses import dataclass
from typing import Any

from pydyf import Dictionary
from weasyprint.pdf.fonts import Font

from agreements.pdf.leaf import Leaf
from agreements.pdf.structure import Contents, Element, References

# What drawing adds to a font: for a glyph, its text and its width.
OF_A_FONT = ("to_unicode", "widths", "missing")
FontUse = dict[str, dict[int, Any]]


@dataclass
class Drawn:
    """The pages of a part, what they draw with, and their structure.

    `fonts`: by WeasyPrint's number of a font, what was drawn with it. `contents`: see `structure.write_tree`; not in
    the pages, which would then hang together in a chain that is too long to keep.
    """

    pages: list[Leaf]
    resources: Dictionary
    fonts: dict[int, FontUse]
    root: Element
    contents: Contents
    references: References


def drawn_with(fonts: dict[int, Font]) -> dict[int, FontUse]:
    """What was drawn with each of these fonts."""
    return {
        number: {name: getattr(font, name) for name in OF_A_FONT}
        for number, font in fonts.items()
        if font.to_unicode
    }
