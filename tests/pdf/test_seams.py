"""The places where we reach into WeasyPrint, pydyf, fontTools and pyHanko still exist and look as they did.

A new version of one of them fails here first. Read its changes, look at a report, run tests/pdf, pin it.
"""

import json
import subprocess
import sys
from importlib.metadata import version

PINNED = {"weasyprint": "70.0", "pydyf": "0.13.0", "fonttools": "4.68.0", "pyhanko": "0.38.0"}

# In a process of its own: importing WeasyPrint here would load Pango into the test process.
LOOK = """
import inspect, json, sys
import fontTools.subset, pydyf, weasyprint.pdf, weasyprint.pdf.fonts
from pyhanko.pdf_utils.font import opentype
from pyhanko.pdf_utils.reader import PdfFileReader
from weasyprint.formatting_structure.boxes import Box
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.pdf.stream import Stream
from weasyprint.urls import FatalURLFetchingError, URLFetcher

functions = {
    "add_tags": weasyprint.pdf.add_tags,
    "generate_pdf": weasyprint.pdf.generate_pdf,
    "marked": Stream.marked,
    "begin_marked_content": pydyf.Stream.begin_marked_content,
    "generate_rdf_metadata": DocumentMetadata.generate_rdf_metadata,
    "fetch": URLFetcher.fetch,
    "_breakdown_cmap": opentype._breakdown_cmap,
    "_get_object_from_stream": PdfFileReader._get_object_from_stream,
}
print(json.dumps({
    **{name: list(inspect.signature(function).parameters) for name, function in functions.items()},
    "harfbuzz_subset": hasattr(weasyprint.pdf.fonts, "harfbuzz_subset"),
    "layout_closure": fontTools.subset.Options().layout_closure,
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
        "marked": ["self", "box", "tag"],
        "begin_marked_content": ["self", "tag", "property_list"],
        "generate_rdf_metadata": ["self", "variant", "version", "conformance"],
        "fetch": ["self", "url", "headers"],
        "_breakdown_cmap": ["mappings"],
        "_get_object_from_stream": ["self", "idnum", "stmnum", "idx"],
        "harfbuzz_subset": True,
        "layout_closure": True,
        "annotations": [None, None],
        "fatal": "BaseException",
    }
