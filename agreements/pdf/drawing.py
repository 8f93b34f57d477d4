"""What WeasyPrint draws at length, drawn short. What one sees is the same.

Measured on a report of 50 commitments with a chart each, in processor time of the whole document and size of the
file: labels of charts 11 % and 28 %, pictures 2 % and 21 %, figures without adjustment 2 % and 5 %, numbers 3 %.
The names that are replaced stand in tests/pdf/test_seams.py.
"""

from functools import cache
from math import inf
from typing import Any

import pydyf
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.draw import draw_background_image
from weasyprint.draw.text import draw_first_line, draw_text
from weasyprint.matrix import Matrix
from weasyprint.pdf.stream import Stream
from weasyprint.svg.text import Style, TextBox
from weasyprint.svg.utils import color, size

from agreements.pdf.reuse import split_first_line_once

ANCHORS = {"middle": 0.5, "end": 1}
LONGEST_WORD = 24
_color = cache(color)
_written: dict[float | str, bytes] = {}
to_bytes = pydyf._to_bytes


def write_once(item: Any) -> bytes:
    """Replaces pydyf's `_to_bytes`: the same numbers and short words come back 200,000 times."""
    kind = type(item)
    if kind is bytes:
        return item
    if kind not in (float, int, str) or (kind is str and len(item) > LONGEST_WORD):
        return to_bytes(item)
    if item not in _written:
        _written[item] = to_bytes(item)
    return _written[item]


def show_text(self: Stream, text: str) -> None:
    """Replaces `Stream.show_text`: without the moves of 0 that stand behind almost every letter."""
    pydyf.Stream.show_text(self, text.replace(">0<", ""))


def draw_picture(stream: Stream, layer: Any, style: Any) -> None:
    """Replaces `draw_background_image`: a picture is drawn once in a document, and used wherever it stands."""
    if (
        layer.repeat != ("no-repeat", "no-repeat")
        or layer.unbounded
        or layer.image is None
        or 0 in layer.size
    ):
        draw_background_image(stream, layer, style)
        return
    left, top = (
        place + origin for place, origin in zip(layer.position, layer.positioning_area, strict=False)
    )
    with stream.artifact(), stream.stacked():
        stream.rectangle(*layer.painting_area)
        stream.clip()
        stream.end()
        stream.transform(e=left, f=top)
        stream.draw_x_object(_drawn_once(stream, layer, style))


def _drawn_once(stream: Stream, layer: Any, style: Any) -> str:
    # All pages share their resources, and a picture lives as long as they do.
    drawn = vars(layer.image).setdefault("drawn", {})
    key = (id(stream._resources), layer.size)
    if key not in drawn:
        group = stream.add_group(0, 0, *layer.size)
        layer.image.draw(group, *layer.size, style)
        drawn[key] = group.id
    return str(drawn[key])


def draw_words(stream: Stream, box: Any, offset_x: float, overflow: str, ellipsis: str = "none") -> None:
    """Replaces `draw_text`: the same words in the same style are shaped once."""
    style = box.style
    if style["text_decoration_line"] != "none" or overflow == "ellipsis" or ellipsis != "none":
        draw_text(stream, box, offset_x, overflow, ellipsis)
    elif style["visibility"] == "visible":
        stream.set_color(style["color"])
        stream.begin_text()
        _write(stream, box, Matrix(d=-1, e=box.position_x, f=box.position_y + box.baseline))
        stream.end_text()


def _write(stream: Stream, box: Any, matrix: Matrix) -> None:
    layout = box.pango_layout  # shared by all boxes with these words: reuse.py
    if "written" not in vars(layout):
        layout.reactivate(box.style)
        recorder = Recorder(stream)
        draw_first_line(recorder, box, "clip", "none", matrix)
        layout.written = recorder.calls
        layout.deactivate()
    if layout.written:
        stream.set_text_matrix(*matrix.values)
    for name, arguments in layout.written:
        getattr(stream, name)(*arguments)


class Recorder:
    """A stream that remembers what is written instead of writing it; fonts are really added."""

    def __init__(self, stream: Stream):
        self._stream = stream
        self.calls: list[tuple[str, tuple[Any, ...]]] = []

    def set_text_matrix(self, *values: float) -> None:
        """Where it stands differs."""

    def __getattr__(self, name: str) -> Any:
        if name in ("set_font_size", "set_text_rise", "show_text"):
            return lambda *arguments: self.calls.append((name, arguments))
        return getattr(self._stream, name)


def draw_label(svg: Any, node: Any, font_size: float) -> None:
    """Replaces the <text> of an SVG: one line of text instead of every letter by itself.

    Knows x, y, dx, dy, text-anchor, the font and the colour: what our charts need.
    """
    style = _label_style(svg, node, font_size)
    text = (node.text or "").strip()
    if not text:
        return
    layout, _, _, width, _, _ = split_first_line_once(text, style, svg.context, inf, 0)
    x, y = svg.point(node.get("x"), node.get("y"), font_size)
    dx, dy = svg.point(node.get("dx"), node.get("dy"), font_size)
    x += dx - width * ANCHORS.get(node.get("text-anchor"), 0)
    svg.stream.push_state()
    svg.stream.set_color(_color(node.get("fill", "black")))
    svg.stream.begin_text()
    _write(svg.stream, TextBox(layout, style), Matrix(d=-1, e=x, f=y + dy))
    svg.stream.end_text()
    svg.stream.pop_state()


def _label_style(svg: Any, node: Any, font_size: float) -> Style:
    style = Style(INITIAL_VALUES)
    style.font_config = svg.font_config
    style["font_family"] = [name.strip("\"' ") for name in node.get("font-family", "sans-serif").split(",")]
    style["font_weight"] = int(size(node.get("font-weight", "400")))
    style["font_size"] = font_size
    return style
