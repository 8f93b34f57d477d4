"""The places where we reach into WeasyPrint, pydyf, fontTools and pyHanko still exist and look as they did.

A new version of one of them fails here first. Read its changes, look at a report, run tests/pdf, pin it.
"""

import json
import subprocess
import sys
from importlib.metadata import version

PINNED = {
    "weasyprint": "70.0",
    "pydyf": "0.13.0",
    "fonttools": "4.68.0",
    "uharfbuzz": "0.55.0",
    "pyhanko": "0.38.0",
}

# In a process of its own: importing WeasyPrint here would load Pango into the test process.
LOOK = """
import inspect, json, sys
import fontTools.subset, fontTools.varLib.instancer, pydyf, weasyprint, weasyprint.draw, weasyprint.pdf, weasyprint.pdf.fonts, weasyprint.svg
import weasyprint.layout.inline, weasyprint.layout.page, weasyprint.layout.percent
from pyhanko.pdf_utils.font import opentype
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from weasyprint.css import StyleFor
from weasyprint.css.targets import CounterLookupItem
from weasyprint.formatting_structure.boxes import Box
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.pdf.stream import Stream
from weasyprint.text.line_break import Layout
from weasyprint.urls import FatalURLFetchingError, URLFetcher

functions = {
    "add_tags": weasyprint.pdf.add_tags,
    "generate_pdf": weasyprint.pdf.generate_pdf,
    "add_links": weasyprint.pdf.add_links,
    "canvas": Stream,
    "marked": Stream.marked,
    "begin_marked_content": pydyf.Stream.begin_marked_content,
    "generate_rdf_metadata": DocumentMetadata.generate_rdf_metadata,
    "fetch": URLFetcher.fetch,
    "show_text": pydyf.Stream.show_text,
    "draw_background_image": weasyprint.draw.draw_background_image,
    "draw_text": weasyprint.draw.draw_text,
    "draw_first_line": weasyprint.draw.text.draw_first_line,
    "svg text": weasyprint.svg.TAGS["text"],
    "reactivate": Layout.reactivate,
    "split_first_line": weasyprint.layout.inline.split_first_line,
    "strut": weasyprint.layout.inline.strut,
    "resolve_percentages": weasyprint.layout.percent.resolve_percentages,
    "set_page_type_computed_styles": weasyprint.layout.page.set_page_type_computed_styles,
    "make_all_pages": weasyprint.layout.page.make_all_pages,
    "counter_lookup_items": CounterLookupItem,
    "_page_type_match": StyleFor._page_type_match,
    "layout_box_backgrounds": weasyprint.layout.background.layout_box_backgrounds,
    "block_box_layout": weasyprint.layout.block.block_box_layout,
    "descendants": Box.descendants,
    "subset": weasyprint.pdf.fonts.Font.subset,
    "paint": weasyprint.Page.paint,
    "_to_bytes": pydyf._to_bytes,
    "_ua_stylesheets": weasyprint.HTML._ua_stylesheets,
    "_breakdown_cmap": opentype._breakdown_cmap,
    "_get_object_from_stream": PdfFileReader._get_object_from_stream,
    "_load_reverse_xref_cache": HistoricalResolver._load_reverse_xref_cache,
}
print(json.dumps({
    **{name: list(inspect.signature(function).parameters) for name, function in functions.items()},
    "left out": [
        weasyprint.pdf.fonts.subset is fontTools.subset,
        weasyprint.pdf.fonts.instantiateVariableFont is fontTools.varLib.instancer.instantiateVariableFont,
    ],
    "annotations": [Box.link_annotation, Box.widget_annotation],
    "fatal": FatalURLFetchingError.__bases__[0].__name__,
}))
"""


def test_the_versions_are_the_ones_we_looked_into():
    assert {name: version(name) for name in PINNED} == PINNED


def test_the_names_we_replace_still_exist():
    output = subprocess.run(
        [sys.executable, "-c", LOOK], check=True, stdout=subprocess.PIPE, text=True
    ).stdout

    assert json.loads(output) == {
        "add_tags": ["pdf", "document", "pdf_version", "page_streams"],
        "generate_pdf": ["document", "target", "zoom", "options"],
        "add_links": ["links_and_anchors", "matrix", "pdf", "page", "names", "tags"],
        "canvas": [
            "fonts",
            "page_rectangle",
            "resources",
            "images",
            "tags",
            "color_profiles",
            "output_intent",
            "args",
            "kwargs",
        ],
        "marked": ["self", "box", "tag"],
        "begin_marked_content": ["self", "tag", "property_list"],
        "generate_rdf_metadata": ["self", "variant", "version", "conformance"],
        "fetch": ["self", "url", "headers"],
        "show_text": ["self", "text"],
        "draw_background_image": ["stream", "layer", "style"],
        "draw_text": ["stream", "textbox", "offset_x", "text_overflow", "block_ellipsis"],
        "draw_first_line": ["stream", "textbox", "text_overflow", "block_ellipsis", "matrix"],
        "svg text": ["svg", "node", "font_size"],
        "reactivate": ["self", "style"],
        "split_first_line": [
            "text",
            "style",
            "context",
            "max_width",
            "justification_spacing",
            "is_line_start",
            "minimum",
        ],
        "strut": ["style"],
        "resolve_percentages": ["box", "containing_block"],
        "set_page_type_computed_styles": ["page_type", "html", "style_for"],
        "make_all_pages": ["context", "root_box", "html", "pages"],
        "counter_lookup_items": ["parse_again", "missing_counters", "missing_target_counters"],
        "_page_type_match": ["page_selector_type", "page_type"],
        "layout_box_backgrounds": ["page", "box", "get_image_from_uri", "layout_children", "style"],
        "block_box_layout": [
            "context",
            "box",
            "bottom_space",
            "skip_stack",
            "containing_block",
            "page_is_empty",
            "absolute_boxes",
            "fixed_boxes",
            "adjoining_margins",
            "first_letter_style",
            "first_line_style",
            "discard",
            "max_lines",
        ],
        "descendants": ["self", "placeholders"],
        "subset": ["self", "to_unicode", "hinting"],
        "paint": ["self", "stream", "scale"],
        "_to_bytes": ["item"],
        "_ua_stylesheets": ["self", "forms"],
        "_breakdown_cmap": ["mappings"],
        "_get_object_from_stream": ["self", "idnum", "stmnum", "idx"],
        "_load_reverse_xref_cache": ["self"],
        "left out": [True, True],
        "annotations": [None, None],
        "fatal": "BaseException",
    }
