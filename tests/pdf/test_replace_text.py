"""Text is made drawable before it is drawn."""

import pytest
from fontTools.ttLib import TTFont

from agreements.pdf.text import FONTS, TEXT_FONT, covered, drawable


@pytest.mark.parametrize(
    ("given", "drawn"),
    [
        ("Łódź Đorđe Žilina Ĳ € ● ▲ ■ ✔", "Łódź Đorđe Žilina Ĳ € ● ▲ ■ ✔"),
        ("e\N{COMBINING ACUTE ACCENT}", "é"),
        ("\N{CIRCLED DIGIT ONE}", "1"),
        ("\N{HOUSE BUILDING}", "□"),
        ("\N{WHITE HEAVY CHECK MARK}\N{VARIATION SELECTOR-16}", "□"),
        ("a\N{ZERO WIDTH JOINER}b\x07", "ab"),
        ("regel\n\tregel", "regel\n\tregel"),
    ],
)
def test_every_character_can_be_drawn(given, drawn):
    assert drawable(given) == drawn


def test_all_weights_of_the_text_font_cover_the_same_characters():
    for path in FONTS.glob("SourceSans3-*.woff"):
        with TTFont(path) as font:
            assert frozenset(map(chr, font.getBestCmap())) == covered(), path.name


def test_no_font_family_is_split_over_files():
    sheet = (FONTS / "fonts.css").read_text()
    faces = [face.split("src:")[0] for face in sheet.split("@font-face")[1:]]

    assert "unicode-range:" not in sheet
    assert len(set(faces)) == len(faces) == len(list(FONTS.glob("*.woff")))
    assert TEXT_FONT.name in sheet
