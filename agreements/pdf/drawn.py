"""What stays of a part of a document once it is drawn. It can be kept, and put in any document."""

from dataclasses import dataclass
from typing import Any

from pydyf import Dictionary
from weasyprint.pdf.fonts import Font

from agreements.pdf.leaf import Leaf
from agreements.pdf.structure import Element, References

OF_A_FONT = (
    "to_unicode",
    "widths",
    "missing",
)  # what drawing adds to a font: for a glyph, its text and its width


@dataclass
class Drawn:
    """The pages of a part, what they draw with, and their structure.

    `fonts`: by WeasyPrint's number of a font, what was drawn with it.
    """

    pages: list[Leaf]
    resources: Dictionary
    fonts: dict[int, dict[str, dict[int, Any]]]
    root: Element
    references: References


def drawn_with(fonts: dict[int, Font]) -> dict[int, dict[str, dict[int, Any]]]:
    """What was drawn with each of these fonts."""
    return {
        number: {name: getattr(font, name) for name in OF_A_FONT}
        for number, font in fonts.items()
        if font.to_unicode
    }
