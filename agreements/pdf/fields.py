"""Empty signature fields in the PDF, where the HTML has <div data-sig="name" data-tu="what it is for">.

pyHanko can make a visible field itself, but that field is not in the structure tree (PDF/UA-1, 7.18.4).
A field that is drawn together with the page is.
"""

from typing import Any

from pydyf import PDF, Array, Dictionary, Stream, String
from weasyprint import Document, Page
from weasyprint.formatting_structure import boxes

from agreements.pdf.tagger import POINTS_PER_PIXEL

PRINTED = 4  # annotation flag "Print": PDF/A-3, 6.3.2 demands it


def add_signature_fields(pdf: PDF, document: Document) -> None:
    """Add an empty field for every box with `data-sig`. Call this before the tags are made."""
    fields = Array()
    for number, page in enumerate(document.pages):
        for box in page._page_box.descendants(placeholders=False):
            if _is_field(box):
                field = _make_field(pdf, page, pdf.page_references[number], box)
                box.widget_annotation = field
                fields.append(field.reference)
    if fields:
        # SigFlags 1: there are signature fields (ISO 32000-1, table 219).
        pdf.catalog["AcroForm"] = Dictionary({"Fields": fields, "SigFlags": 1})


def _is_field(box: Any) -> bool:
    element = getattr(box, "element", None)
    if element is None or not element.get("data-sig"):
        return False
    return isinstance(box, boxes.BlockLevelBox) and box.element_tag == element.tag


def _make_field(pdf: PDF, page: Page, page_reference: bytes, box: Any) -> Dictionary:
    left, top = box.border_box_x(), page.height - box.border_box_y()
    width, height = box.border_width(), box.border_height()
    sides = (left, top - height, left + width, top)
    name = box.element.get("data-sig")
    purpose = String(box.element.get("data-tu") or name)
    field = Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": String(name),
            "TU": purpose,
            "Contents": purpose,
            "F": PRINTED,
            "Rect": Array([round(side * POINTS_PER_PIXEL, 2) for side in sides]),
            "P": page_reference,
            "AP": Dictionary({"N": _empty_appearance(pdf, width, height)}),
        }
    )
    pdf.add_object(field)
    page_dictionary = pdf.objects[int(page_reference.split()[0])]
    page_dictionary.setdefault("Annots", Array()).append(field.reference)
    return field


def _empty_appearance(pdf: PDF, width: float, height: float) -> bytes:
    # PDF/A-3, 6.3.3: every visible annotation has an appearance, also when it is empty.
    size = (0, 0, round(width * POINTS_PER_PIXEL, 2), round(height * POINTS_PER_PIXEL, 2))
    appearance = Stream(
        [], {"Type": "/XObject", "Subtype": "/Form", "BBox": Array(size), "Resources": Dictionary({})}
    )
    pdf.add_object(appearance)
    return appearance.reference
