"""Characters that the fonts of the PDF cannot draw.

Such a character would print as an empty box and break both standards (PDF/A-3, 6.2.11.8: no .notdef glyph).
It is replaced before rendering, so that what is drawn is also what is read aloud.
"""

import unicodedata
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent / "fonts"
TEXT_FONT = FONTS / "SourceSans3-Regular.ttf.woff"  # the other weights cover the same characters
UNKNOWN = "□"
LAYOUT = {"\n", "\r", "\t", "\f"}


@lru_cache(maxsize=1)
def covered() -> frozenset[str]:
    """Every character the text font can draw."""
    with TTFont(TEXT_FONT, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap() or {}))


def drawable(text: str) -> str:
    """The same text with a drawable character for every one the fonts lack.

    Look-alikes first ("①" becomes "1"), then "□". Invisible ones (joiners, variants) are left out.
    """
    text = unicodedata.normalize("NFC", text)
    missing = set(text) - covered() - LAYOUT
    return text.translate({ord(character): _substitute(character) for character in missing})


def _substitute(character: str) -> str:
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Mn", "Me"):
        return ""
    plain = unicodedata.normalize("NFKC", character)
    return plain if plain != character and set(plain) <= covered() and plain.isprintable() else UNKNOWN
