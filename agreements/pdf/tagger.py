"""From WeasyPrint's boxes to a structure tree: one element per HTML element, over page breaks.

WeasyPrint's own tagging splits a table into one table per page, gives header cells no scope and leaves
running heads in the reading order. This replaces `Stream.marked`, and `binding.py` `weasyprint.pdf.add_tags`;
tests/pdf/test_seams.py fails when WeasyPrint changes either.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element as HtmlElement

import pydyf
from pydyf import Array, Dictionary, String
from weasyprint import Page
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf.stream import Stream

from agreements.pdf import roles
from agreements.pdf.canvas import POINTS_PER_PIXEL
from agreements.pdf.leaf import Leaf, Link
from agreements.pdf.structure import Content, Contents, Element, Reference, References, TaggingError

Box = Any  # what a box of WeasyPrint has depends on its class
SAFE_LINKS = ("http://", "https://", "mailto:", "tel:")


@dataclass(frozen=True)
class Mark:
    """Where a marked-content operator stands in a page stream, so that it can get its final name later."""

    number: int
    operators: list[Any]
    position: int


@contextmanager
def marked(self: Stream, box: Box, tag: str) -> Iterator[None]:
    """Replaces `Stream.marked`: as WeasyPrint does it, but remember the place of the operator."""
    if self._tags is None:
        yield
        return
    number = len(self._tags)
    self._tags[box] = Mark(number, self.stream, len(self.stream))
    pydyf.Stream.begin_marked_content(self, tag, Dictionary({"MCID": number}))
    try:
        yield
    finally:
        pydyf.Stream.end_marked_content(self)


class Tagger:
    """Walks the boxes of page after page and builds the tree under `root`.

    `contents` and `references` are what `structure.write_tree` needs.
    """

    def __init__(self, language: str):
        self.root = Element("Document", language=language)
        self.contents: Contents = []
        self.references: References = []
        self._known: dict[tuple[Any, str], Element] = {}

    def tag_page(self, page: Page, stream: Stream, leaf: Leaf) -> None:
        """Give every piece of this page its place in the tree, or make it an artifact."""
        self._page = leaf
        self._marks = stream._tags
        self._elements: list[Element | None] = [None] * len(self._marks)
        self.contents.append(self._elements)
        if any(mark.operators is not stream.stream for mark in self._marks.values()):
            # PDF/UA-1, 7.1: marked content inside a form XObject has no place in the tree.
            raise TaggingError("Doorzichtige tekst (opacity) kan niet in een toegankelijke pdf.")
        self._visit(page._page_box, self.root, None, None)
        for box in list(self._marks):  # drawn, but in no box we visited: never real content
            self._make_artifact(box, "")

    def _visit(self, box: Box, parent: Element, block: Box, artifact: str | None) -> None:
        """Place one box and everything in it.

        `block`: the nearest block box, for text that needs a paragraph of its own.
        `artifact`: None for real content, else the subtype of the artifact ("" has none).
        """
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.TextBox):
            self._place_text(box, parent, block, artifact)
            return
        if artifact is None:
            artifact = _artifact_kind(box)
        self._attach_link(box, parent, artifact)
        element = parent
        if artifact is None and not isinstance(box, boxes.ReplacedBox | boxes.LineBox):
            element, artifact = self._open(box, parent)
        if isinstance(box, boxes.ReplacedBox):
            self._place_image(box, parent, artifact)
            return
        if artifact is None:
            self._attach_field(box, element)
        self._visit_children(box, element, block, artifact)

    def _visit_children(self, box: Box, element: Element, block: Box, artifact: str | None) -> None:
        if not isinstance(box, boxes.ParentBox):
            return
        if isinstance(box, boxes.BlockLevelBox):
            block = box
        for child in box.children:
            target = element
            if element.role == "LI":
                target = self._part_of_item(child, element)
            self._visit(child, target, block, artifact)

    # --- elements

    def _element(self, key: Any, role: str, parent: Element, source: HtmlElement | None = None) -> Element:
        """The element for this key; made at its first appearance, found again on later pages."""
        if (key, role) not in self._known:
            element = Element(role, parent, source, parent.language, self._page)
            parent.kids.append(element)
            self._known[key, role] = element
        return self._known[key, role]

    def _open(self, box: Box, parent: Element) -> tuple[Element, str | None]:
        """The element that holds the content of this box, and "" when the box repeats an earlier page."""
        source = box.element
        if source is None or parent.source is source or "::" in (box.element_tag or ""):
            return parent, None
        role = roles.role_of(source, parent.language)
        if role is None:
            return parent, None
        parent = self._fitting_parent(role, source, parent)
        is_new = (id(source), role) not in self._known
        element = self._element(id(source), role, parent, source)
        if is_new:
            _describe(element, source, box)
        repeats = role in roles.REPEATED and element.first_page is not self._page
        return element, "" if repeats else None

    def _fitting_parent(self, role: str, source: HtmlElement, parent: Element) -> Element:
        if source.tag in ("dt", "dd"):
            return self._definition(source, parent)
        if parent.role == "LI" and role != "LI":
            return self._element(id(parent.source), "LBody", parent, parent.source)
        return parent

    def _definition(self, source: HtmlElement, parent: Element) -> Element:
        # A <dl> has no item element; a <dt> starts one and the <dd>s that follow belong to it.
        items = [kid for kid in parent.kids if isinstance(kid, Element) and kid.role == "LI"]
        if source.tag == "dd" and items and (id(source), "LBody") not in self._known:
            return items[-1]
        return self._element(id(source), "LI", parent, source)

    def _part_of_item(self, child: Box, item: Element) -> Element:
        """Where a child of a list item belongs: the label, the body, or (a line) still undecided."""
        if isinstance(child, AbsolutePlaceholder):
            child = child._box
        if isinstance(child, boxes.LineBox):
            return item
        is_marker = (child.element_tag or "").endswith("::marker")
        return self._element(id(item.source), "Lbl" if is_marker else "LBody", item, item.source)

    # --- content

    def _place_text(self, box: Box, parent: Element, block: Box, artifact: str | None) -> None:
        if box not in self._marks:
            return
        if artifact is None and parent.role in roles.GROUPING:
            # White space between the items of a list is drawn too, but it is not a paragraph.
            artifact = None if box.text.strip() else ""
            parent = self._element((id(block), self._page), "P", parent)
        if artifact is None:
            self._place(box, parent)
        else:
            self._make_artifact(box, artifact)

    def _place_image(self, box: Box, parent: Element, artifact: str | None) -> None:
        if box not in self._marks:
            return
        if artifact is not None:
            self._make_artifact(box, artifact)
            return
        text = roles.alternative(box.element)
        if not text:
            raise TaggingError("Een afbeelding heeft geen tekst voor wie haar niet ziet (alt of title).")
        if parent.role != "Figure":
            parent = self._fitting_parent("Figure", box.element, parent)
            parent = self._element(id(box.element), "Figure", parent, box.element)
        parent.attributes["Alt"] = String(text)
        parent.attributes["A"] = Dictionary({"O": "/Layout", "BBox": Array(self._rectangle(box))})
        self._place(box, parent)

    def _place(self, box: Box, element: Element) -> None:
        mark = self._marks.pop(box)
        mark.operators[mark.position] = f"/{element.role}"
        element.kids.append(Content(self._page, mark.number))
        self._elements[mark.number] = element

    def _make_artifact(self, box: Box, subtype: str) -> None:
        mark = self._marks.pop(box)
        properties = {"Type": "/Pagination", "Subtype": f"/{subtype}"} if subtype else {"Type": "/Layout"}
        mark.operators[mark.position] = "/Artifact"
        mark.operators[mark.position + 1] = Dictionary(properties)

    def _rectangle(self, box: Box) -> list[float]:
        left, top = box.content_box_x(), self._page.height - box.content_box_y()
        sides = (left, top - box.height, left + box.width, top)
        return [round(side * POINTS_PER_PIXEL, 2) for side in sides]

    # --- links and fields

    def _attach_link(self, box: Box, parent: Element, artifact: str | None) -> None:
        # WeasyPrint makes an annotation for every box inside a link, also for an image: each needs the Link.
        found: Link | None = box.link_annotation
        if found is None:
            return
        is_link = artifact is None and box.element is not None and box.element.tag == "a"
        link = (self._open(box, parent)[0] if is_link else parent).nearest("Link")
        if link is None or link.source is None:
            raise TaggingError("Er staat een link in een deel dat voor schermlezers verborgen is.")
        found.text = roles.link_text(link.source)
        _check_target(found)
        self._refer(link, found)

    def _attach_field(self, box: Box, element: Element) -> None:
        if box.widget_annotation is not None:
            form = Element("Form", element)
            element.kids.append(form)
            self._refer(form, box.widget_annotation)

    def _refer(self, element: Element, target: Link | Dictionary) -> None:
        reference = Reference(self._page, target)
        element.kids.append(reference)
        self.references.append((reference, element))


def _artifact_kind(box: Box) -> str | None:
    if isinstance(box, boxes.MarginBox):
        return "Header" if "top" in box.at_keyword else "Footer"
    if box.element is not None and not isinstance(box, boxes.LineBox) and roles.is_decorative(box.element):
        return ""
    return None


def _describe(element: Element, source: HtmlElement, box: Box) -> None:
    """Attributes that an element gets when it first appears."""
    language = source.get("lang")
    if language and language != element.language:
        element.language = language
        element.attributes["Lang"] = String(language)
    if element.role in ("TH", "TD"):
        element.attributes["A"] = Dictionary(roles.cell_attributes(source, box))
    elif element.role == "L":
        numbering = roles.list_numbering(source, box)
        element.attributes["A"] = Dictionary({"O": "/List", "ListNumbering": numbering})
    elif source.tag == "abbr":
        element.attributes["E"] = String(source.get("title"))


def _check_target(link: Link) -> None:
    # A relative address means nothing in a file that travels; javascript: and file: have no business in it.
    if link.kind == "external" and not link.target.startswith(SAFE_LINKS):
        raise TaggingError(f"De link ‘{link.text}’ heeft geen volledig webadres.")
