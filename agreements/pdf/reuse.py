"""Answers that WeasyPrint works out for every box, kept for the next box that asks the same.

A report says the same words in the same style hundreds of times ("Op koers", "Definitief"), and a page that is laid
out again asks everything again. The page is the same to the byte. Measured on a report of 50 commitments, in
processor time of the whole document: lines of text 12 %, sizes 5 %, line heights 2 %, what boxes are asked most
without a call 5 %. Elements with the same rules share one style only when neither they nor what they stand in has an
`id`: in our templates an `id` stands on a heading.
"""

import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from math import inf
from typing import Any

from tinyhtml5 import inputstream
from weasyprint.css.functions import check_math
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import background, page, percent
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.svg.utils import normalize, size
from weasyprint.text import line_break
from weasyprint.text.line_break import can_break_text

# All that decides how a line of text looks and where it ends, but for its colour.
TEXT_STYLE = (
    "direction", "font_family", "font_feature_settings", "font_kerning", "font_language_override", "font_size",
    "font_stretch", "font_style", "font_variant_alternates", "font_variant_caps", "font_variant_east_asian",
    "font_variant_ligatures", "font_variant_numeric", "font_variant_position", "font_variation_settings",
    "font_weight", "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphens", "lang",
    "letter_spacing", "overflow_wrap", "tab_size", "text_decoration_line", "white_space", "word_break",
    "word_spacing",
)  # fmt: skip
SIZES = (
    "margin_left", "margin_right", "margin_top", "margin_bottom", "padding_left", "padding_right", "padding_top",
    "padding_bottom", "width", "min_width", "max_width", "height", "min_height", "max_height",
)  # fmt: skip
BORDERS = ("border_top_width", "border_right_width", "border_bottom_width", "border_left_width")

BARE = {
    f"border_{corner}_radius": (0, 0) for corner in ("top_left", "top_right", "bottom_left", "bottom_right")
}
BARE |= {"background": None}  # type: ignore[dict-item]
# What most boxes have is said once for all of them: 12 sizes and a set in every box take 10 MB in 50 commitments.
USUAL: dict[str, float] = {name: 0 for name in SIZES if name.startswith(("margin", "padding", "min"))}
USUAL |= {"max_width": inf, "max_height": inf}

split_first_line, strut = line_break.split_first_line, line_break.strut
resolve_percentages = percent.resolve_percentages
is_floated, is_in_normal_flow = Box.is_floated, Box.is_in_normal_flow
layout_box_backgrounds = background.layout_box_backgrounds
set_page_type_computed_styles = page.set_page_type_computed_styles
_lines: dict[tuple[Any, ...], Any] = {}


def install() -> None:
    """Put these in the place of WeasyPrint's own, in every module that uses them."""
    replacements: list[tuple[Callable[..., Any], Callable[..., Any]]] = [
        (split_first_line, split_first_line_once),
        (strut, strut_once),
        (resolve_percentages, resolve_percentages_once),
        (set_page_type_computed_styles, set_page_styles_once),
        (layout_box_backgrounds, layout_backgrounds_once),
        *((theirs, cache(theirs)) for theirs in (can_break_text, normalize, size)),
    ]
    for theirs, ours in replacements:
        _replace(theirs, ours)
    inputstream.characters_until_regex = Patterns()
    for name, value in (BARE | USUAL).items():
        setattr(Box, name, value)
    Box.remove_decoration_sides = RareSet()
    Box.is_floated, Box.is_in_normal_flow = is_floated_once, is_in_normal_flow_once
    Box.descendants = descendants_in_turn


class Patterns(dict[tuple[Any, bool], re.Pattern[str]]):
    """Replaces `characters_until_regex` of tinyhtml5, which stores each pattern where it never finds it again."""

    def __missing__(self, key: tuple[Any, bool]) -> re.Pattern[str]:
        characters, is_opposite = key
        inside = "".join(f"\\x{ord(character):02x}" for character in characters)
        self[key] = re.compile(f"[{inside}]+" if is_opposite else f"[^{inside}]+")
        return self[key]


class RareSet:
    """An attribute that is an empty set for almost every box, and is made where somebody asks for it."""

    def __get__(self, box: Any, owner: type) -> set[str]:
        return vars(box).setdefault("_sides", set())

    def __set__(self, box: Any, sides: set[str]) -> None:
        vars(box).pop("_sides", None)


def forget() -> None:
    """Begin a new document: lines of text hold on to its fonts."""
    _lines.clear()


def _replace(theirs: Callable[..., Any], ours: Callable[..., Any]) -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith("weasyprint.") and getattr(module, theirs.__name__, None) is theirs:
            setattr(module, theirs.__name__, ours)


def split_first_line_once(text: str, style: Any, context: Any, *where: Any, **options: Any) -> Any:
    """The part of the text that fits on a line, with its size. Nobody changes what this returns."""
    key = (text, _of(style, "_text_style", _text_style), where, *options.items())
    if key not in _lines:
        _lines[key] = split_first_line(text, style, context, *where, **options)
    return _lines[key]


def strut_once(style: Any) -> Any:
    """Height and base line of a line in this style."""
    return _of(style, "_strut", strut)


def resolve_percentages_once(box: Any, containing_block: Any) -> None:
    """The sizes of a box; where none is a share of another box they are the same for the whole style."""
    usual, sizes = _of(box.style, "_sizes", _sizes)
    known = vars(box)
    if not sizes:
        resolve_percentages(box, containing_block)
        return
    for name in known.keys() & usual:
        del known[name]
    if box.style["border_collapse"] == "collapse":
        # The cells of a table settle their borders among themselves.
        sizes = sizes | {name: known[name] for name in BORDERS if name in known}
    known.update(sizes)


def set_page_styles_once(page_type: Any, html: Any, style_for: Any) -> None:
    """The styles of a page and its margins, asked once for all pages that the same rules are about."""
    kind = tuple(
        style_for._page_type_match(selector, page_type)
        for sheet, _, _ in style_for._sheets
        for _, selectors, _ in sheet.page_rules
        for _, _, selector in selectors
    )
    known, computed = _of(style_for, "_pages", lambda _: {}), style_for.get_computed_styles()
    if kind not in known:
        set_page_type_computed_styles(page_type, html, style_for)
        known[kind] = {part: style for (owner, part), style in computed.items() if owner is page_type}
    computed.update({(page_type, part): style for part, style in known[kind].items()})


def layout_backgrounds_once(
    page: Any, box: Any, get_image: Any, with_children: bool = True, style: Any = None
) -> None:
    """Most boxes have no background, no border image and no round corners: that is seen from their style."""
    if with_children:
        for child in box.all_children():
            layout_backgrounds_once(page, child, get_image)
    if style is not None or box is page or not _of(box.style, "_is_bare", _is_bare):
        layout_box_backgrounds(page, box, get_image, False, style)


def is_floated_once(box: Any) -> Any:
    """Asked dozens of times of every box: no call more than needed."""
    try:
        return box.style._is_floated
    except AttributeError:
        return _of(box.style, "_is_floated", lambda _: is_floated(box))


def is_in_normal_flow_once(box: Any) -> Any:
    """The same."""
    try:
        return box.style._is_in_flow
    except AttributeError:
        return _of(box.style, "_is_in_flow", lambda _: is_in_normal_flow(box))


def descendants_in_turn(box: Any, placeholders: bool = False) -> Iterator[Any]:
    """Replaces `Box.descendants`, in which each box passes through a generator of every box around it."""
    waiting = [box]
    while waiting:
        found = waiting.pop()
        if placeholders and isinstance(found, AbsolutePlaceholder):
            found = found._box
        yield found
        if isinstance(found, Box):
            waiting += reversed(found.children)


def _of(style: Any, name: str, ask: Callable[[Any], Any]) -> Any:
    """What this style answered before."""
    known = style.__dict__  # faster than vars(), and asked 150,000 times
    if name not in known:
        known[name] = ask(style)
    return known[name]


def _is_bare(style: Any) -> bool:
    return (
        style["background_color"] != "currentcolor"
        and style["background_color"].alpha == 0
        and all(kind == "none" for kind, _ in style["background_image"])
        and not style["box_shadow"]
        and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
        and all((0, "px") in style[corner] for corner in BARE if corner != "background")
    )


def _text_style(style: Any) -> str:
    return str([style[name] for name in TEXT_STYLE])


def _sizes(style: Any) -> tuple[set[str], dict[str, Any]]:
    """Which used sizes are the usual ones, and the others; these are {} when they depend on something else."""
    values = {name: style[name] for name in SIZES}
    if style["box_sizing"] != "content-box":
        return set(), {}
    if any(value != "auto" and (check_math(value) or value.unit == "%") for value in values.values()):
        return set(), {}
    used = {name: value if value == "auto" else value.value for name, value in values.items()}
    used |= {name: 0 for name in ("min_width", "min_height") if used[name] == "auto"}
    usual = {name for name, value in USUAL.items() if used[name] == value}
    own = {name: value for name, value in used.items() if name not in usual}
    return usual, own | {name: style[name] for name in BORDERS}
