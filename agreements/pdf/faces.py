"""Our fonts, unpacked and known to Pango, and as WeasyPrint puts them in a PDF."""

import copy
import re
from functools import lru_cache

import weasyprint
from weasyprint.pdf.fonts import Font
from weasyprint.text.fonts import FontConfiguration

from agreements.pdf.assets import BASE_URL, AssetFetcher
from agreements.pdf.canvas import Canvas, no_resources
from agreements.pdf.drawn import OF_A_FONT
from agreements.pdf.text import FONTS

FACE = re.compile(r"@font-face \{(.+?) src:.+?\}")


@lru_cache(maxsize=1)
def known_fonts() -> tuple[FontConfiguration, weasyprint.CSS]:
    """What WeasyPrint needs to find our fonts, and the style sheet that names them."""
    known = FontConfiguration()
    fetcher = AssetFetcher({f"fonts/{path.name}": path.read_bytes() for path in FONTS.iterdir()})
    sheet = weasyprint.CSS(url=BASE_URL + "fonts/fonts.css", url_fetcher=fetcher, font_config=known)
    return known, sheet


def fresh_faces() -> dict[int, Font]:
    """Every face of our fonts, by WeasyPrint's number, with nothing drawn yet."""
    fresh = {number: copy.copy(font) for number, font in faces().items()}
    for font in fresh.values():
        vars(font).update({name: {} for name in OF_A_FONT})
    return fresh


def remember(fonts: dict[int, Font]) -> None:
    """Know the faces that a document needed beside those in fonts.css, for who puts its parts together."""
    for number, font in fonts.items():
        faces().setdefault(number, font)


@lru_cache(maxsize=1)
def faces() -> dict[int, Font]:
    """Those in fonts.css, made by drawing a letter in each; and those to remember."""
    known, sheet = known_fonts()
    styles = FACE.findall((FONTS / "fonts.css").read_text())
    letters = "".join(f"<p style='{style}'>x</p>" for style in styles)
    document = weasyprint.HTML(string=letters).render(font_config=known, stylesheets=[sheet])
    document.fonts = found = dict[int, Font]()
    for page in document.pages:
        Canvas(document, page, no_resources(), {}).paint(page)
    return found
