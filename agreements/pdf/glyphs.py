"""A font in the PDF holds only the glyphs that are drawn, cut out by the HarfBuzz that pyHanko brings along.

WeasyPrint does this with the HarfBuzz of the system, which not every machine has and which differs between them, or
else with fontTools, which is slower; without it press and child are 11 MB smaller together (measured).
"""

from typing import Any

from uharfbuzz import Blob, Face, SubsetFlags, SubsetInput, subset

# Which glyphs stand for which letters was settled when the text was drawn.
SHAPING = [int.from_bytes(name) for name in (b"BASE", b"DSIG", b"GDEF", b"GPOS", b"GSUB", b"JSTF")]


def keep_drawn(font: Any, to_unicode: dict[int, str], hinting: bool) -> None:
    """Replaces `Font.subset`: what is not in `to_unicode` (number of a glyph: its text) is left out."""
    if not to_unicode:  # nothing was drawn with it
        return
    wanted = SubsetInput()
    wanted.glyph_set.set(set(to_unicode))
    wanted.drop_table_tag_set.update(SHAPING)
    # The pages name glyphs by number, so that the numbers must stay.
    wanted.flags = SubsetFlags.RETAIN_GIDS | SubsetFlags.NO_HINTING | SubsetFlags.NO_LAYOUT_CLOSURE
    font.file_content = bytes(subset(Face(Blob(font.file_content), font.index), wanted).blob.data)
