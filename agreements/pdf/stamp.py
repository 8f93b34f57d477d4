"""What a signature looks like on the page: three lines of text in a font that is inside the file.

pyHanko's own stamp uses a font that is not embedded (PDF/A-3, 6.2.11.4; PDF/UA-1, 7.21.4) and for some names
writes a character map that is not allowed (7.21.7).
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from io import BytesIO
from typing import Any

from fontTools.ttLib import TTFont
from pyhanko.pdf_utils.font import opentype
from pyhanko.pdf_utils.font.api import FontEngineFactory
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.stamp import TextStampStyle

from agreements.pdf.text import TEXT_FONT, drawable

FONT_SIZE = 10
LAYOUT_TABLES = ("GPOS", "GSUB", "GDEF", "BASE")
BLUE = (0.04, 0.18, 0.36)


def stamp_style(*lines: str) -> TextStampStyle:
    """The appearance of a signature with these lines, left in its field, smaller when they do not fit."""
    text = "\n".join(drawable(line) for line in lines)
    return TextStampStyle(
        stamp_text=text.replace("%", "%%"),
        text_box_style=TextBoxStyle(font=StampFont(), font_size=FONT_SIZE, leading=14, text_color=BLUE),
        inner_content_layout=SimpleBoxLayoutRule(
            x_align=AxisAlignment.ALIGN_MIN,
            y_align=AxisAlignment.ALIGN_MID,
            margins=Margins(left=4, right=4, top=2, bottom=2),
            inner_content_scaling=InnerScaling.SHRINK_TO_FIT,
        ),
        border_width=0,
        background=None,
    )


class StampFont(FontEngineFactory):
    """The text font of the PDF for pyHanko, which embeds only the letters it uses."""

    def create_font_engine(self, writer: Any, obj_stream: Any = None) -> opentype.GlyphAccumulator:
        """A fresh font engine for one signature."""
        return opentype.GlyphAccumulator(
            writer=writer,
            font_handle=BytesIO(_font_file()),
            font_size=FONT_SIZE,
            obj_stream=obj_stream or writer.prepare_object_stream(),
        )


@lru_cache(maxsize=1)
def _font_file() -> bytes:
    # Without the layout tables pyHanko reads it five times as fast; a stamp needs no ligatures.
    output = BytesIO()
    with TTFont(TEXT_FONT) as font:
        font.flavor = font.flavorData = None
        for table in LAYOUT_TABLES:
            if table in font:
                del font[table]
        font.save(output)
    return output.getvalue()


def _one_by_one(mappings: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, list[bytes]]]:
    """Replaces pyHanko's grouping of glyphs, whose ranges may cross a byte boundary (<03ff> <0406>)."""
    for glyph, target in sorted(mappings):
        yield glyph, [target]


opentype._breakdown_cmap = _one_by_one
