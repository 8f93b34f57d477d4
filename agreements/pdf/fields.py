"""Empty signature fields in the PDF, where the HTML has <div data-sig="name" data-tu="what it is for">.

pyHanko can make a visible field itself, but that field is not in the structure tree (PDF/UA-1, 7.18.4).
A field that is drawn together with the page is.
"""

from collections.abc import Sequence
from typing import Any

from pydyf import PDF, Array, Dictionary, Stream, String
from weasyprint import Page
from weasyprint.formatting_structure import boxes

from agreements.pdf.canvas import POINTS_PER_PIXEL
from agreements.pdf.leaf import Leaf, object_at

PRINTED = 4  # annotation flag "Print": PDF/A-3, 6.3.2 demands it


def fields_on(page: Page) -> list[Dictionary]:
    """An empty field for every box with `data-sig` on this page, not in the PDF yet. Call this before it is tagged."""
    fields = []
    for box in page._page_box.descendants(placeholders=False):
        if _is_field(box):
            box.widget_annotation = _make_field(page, box)
            fields.append(box.widget_annotation)
    return fields


def add_fields(pdf: PDF, pages: Sequence[Leaf]) -> None:
    """Put the fields of each page in the PDF."""
    for page in pages:
        for field in page.fields:
            _add_field(pdf, page.reference, field)
    if found := [field.reference for page in pages for field in page.fields]:
        # SigFlags 1: there are signature fields (ISO 32000-1, table 219).
        pdf.catalog["AcroForm"] = Dictionary({"Fields": Array(found), "SigFlags": 1})


def _is_field(box: Any) -> bool:
    element = getattr(box, "element", None)
    if element is None or not element.get("data-sig"):
        return False
    return isinstance(box, boxes.BlockLevelBox) and box.element_tag == element.tag


def _make_field(page: Page, box: Any) -> Dictionary:
    left, top = box.border_box_x(), page.height - box.border_box_y()
    sides = (left, top - box.border_height(), left + box.border_width(), top)
    name = box.element.get("data-sig")
    purpose = String(box.element.get("data-tu") or name)
    return Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": String(name),
            "TU": purpose,
            "Contents": purpose,
            "F": PRINTED,
            "Rect": Array([round(side * POINTS_PER_PIXEL, 2) for side in sides]),
        }
    )


def _add_field(pdf: PDF, page: bytes, field: Dictionary) -> None:
    left, bottom, right, top = field["Rect"]
    appearance = _empty_appearance(pdf, right - left, top - bottom)
    field.update({"P": page, "AP": Dictionary({"N": appearance})})
    pdf.add_object(field)
    object_at(pdf, page).setdefault("Annots", Array()).append(field.reference)


def _empty_appearance(pdf: PDF, width: float, height: float) -> bytes:
    # PDF/A-3, 6.3.3: every visible annotation has an appearance, also when it is empty.
    size = Array((0, 0, round(width, 2), round(height, 2)))
    appearance = Stream(
        [], {"Type": "/XObject", "Subtype": "/Form", "BBox": size, "Resources": Dictionary({})}
    )
    pdf.add_object(appearance)
    return appearance.reference
