"""What in a file could do something by itself, or carries another file along. Knows no Django: it runs in the child."""

import re
from typing import Any

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject
from pyhanko.pdf_utils.reader import PdfFileReader

MOST_OBJECTS = 300_000
# ISO 32000: scripts, forms with scripts (XFA), files inside the file, and pages that play something.
KEYS = {"/JS", "/JavaScript", "/XFA", "/EmbeddedFiles", "/EF", "/RichMediaContent"}
ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Movie", "/Sound"}
ACTIONS |= {"/Rendition", "/GoTo3DView", "/RichMediaExecute"}
ANNOTATIONS = {"/RichMedia", "/Screen", "/Movie", "/Sound", "/3D", "/FileAttachment"}
# At the start of a cell: what a spreadsheet takes for a formula. A number or a telephone number is none.
FORMULA = re.compile(r"""(?m)(?:^|[;,\t"'])\s*(?:[=@＝＠]|[-+－＋][^;,\t\r\n]*[|(!])""")


def is_active_pdf(reader: PdfFileReader) -> bool:
    """Whether anything that a reader program could reach from the root can act; ValueError for too many objects."""
    waiting: list[Any] = [reader.root]
    seen: set[tuple[int, int]] = set()
    looked = 0
    while waiting:
        found = waiting.pop()
        looked += 1
        if looked > MOST_OBJECTS:
            raise ValueError("too many objects")
        if isinstance(found, IndirectObject):
            if (place := (found.idnum, found.generation)) not in seen:
                seen.add(place)
                waiting.append(found.get_object())
        elif isinstance(found, DictionaryObject):
            if _acts(found):
                return True
            waiting.extend(dict.values(found))
        elif isinstance(found, ArrayObject):
            waiting.extend(list.__iter__(found))
    return False


def is_formula_in(text: str) -> bool:
    """Whether a spreadsheet would calculate, or call a program, when it opens this table."""
    return bool(FORMULA.search(text))


def _acts(found: DictionaryObject) -> bool:
    if not KEYS.isdisjoint(dict.keys(found)):
        return True
    action, kind = dict.get(found, "/S"), dict.get(found, "/Subtype")
    return str(action) in ACTIONS or str(kind) in ANNOTATIONS
