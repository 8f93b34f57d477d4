"""The structure tree of a PDF: elements, what they hold, and how they are written (ISO 32000-1, 14.7)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element as HtmlElement

from pydyf import PDF, Array, Dictionary

from agreements.pdf.leaf import Leaf, Link
from agreements.pdf.roles import MAY_BE_EMPTY


class TaggingError(Exception):
    """The HTML cannot become an accessible PDF. The message is Dutch and says what to mend."""


@dataclass(frozen=True)
class Content:
    """A piece of text or an image on a page, by its marked-content number."""

    page: Leaf
    number: int


@dataclass(frozen=True)
class Reference:
    """A link or form field on a page."""

    page: Leaf
    target: Link | Dictionary

    def annotation(self) -> Dictionary:
        """What stands in the PDF."""
        return self.target.annotation() if isinstance(self.target, Link) else self.target


@dataclass(eq=False)
class Element:
    """One structure element. It belongs to one HTML element, however many pages that covers."""

    role: str
    parent: "Element | None" = None
    source: HtmlElement | None = None
    language: str | None = None
    first_page: Leaf | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: "list[Element | Content | Reference]" = field(default_factory=list)
    dictionary: Dictionary | None = None

    def nearest(self, role: str) -> "Element | None":
        """This element or the closest one above it with that role."""
        element: Element | None = self
        while element is not None and element.role != role:
            element = element.parent
        return element


Contents = list[list[Element | None]]
References = list[tuple[Reference, Element]]


def prune(element: Element) -> bool:
    """Drop elements that hold nothing, and the HTML they were made from. True when something is left."""
    element.source = None
    element.kids = [kid for kid in element.kids if not isinstance(kid, Element) or prune(kid)]
    return bool(element.kids) or element.role in MAY_BE_EMPTY


def join(roots: Sequence[Element]) -> Element:
    """One tree of the trees of all parts; what <main> holds is one Part, however many parts it was cut into."""
    whole, *others = roots
    for root in others:
        kids = root.kids
        part, more = _part(whole.kids[-1:]), _part(kids[:1])
        if part and more:
            part.kids += more.kids
            kids = kids[1:]
        whole.kids += kids
    return whole


def _part(kids: "list[Element | Content | Reference]") -> Element | None:
    return next((kid for kid in kids if isinstance(kid, Element) and kid.role == "Part"), None)


def write_tree(pdf: PDF, root: Element, contents: Contents, references: References) -> None:
    """Add the structure tree to the PDF.

    `contents`: per page, for every marked-content number its element (None for an artifact).
    `references`: the links and fields, each with its element.
    """
    tree = Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(tree)
    tree["K"] = Array([_write_element(pdf, root, tree.reference)])
    numbers = _parent_numbers(pdf, contents, references)
    parents = Dictionary({"Nums": numbers})
    pdf.add_object(parents)
    tree["ParentTree"] = parents.reference
    tree["ParentTreeNextKey"] = len(contents) + len(references)
    pdf.catalog["StructTreeRoot"] = tree.reference
    pdf.catalog["MarkInfo"] = Dictionary({"Marked": "true"})
    # PDF/UA-1, 7.1: show the title of the document, not the name of the file.
    pdf.catalog["ViewerPreferences"] = Dictionary({"DisplayDocTitle": "true"})


def _write_element(pdf: PDF, element: Element, parent: bytes) -> bytes:
    written = {"Type": "/StructElem", "S": f"/{element.role}", "P": parent, **element.attributes}
    element.dictionary = Dictionary(written)
    pdf.add_object(element.dictionary)
    kids = Array()
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(_write_element(pdf, kid, element.dictionary.reference))
        elif isinstance(kid, Reference):
            kids.append(
                Dictionary({"Type": "/OBJR", "Obj": kid.annotation().reference, "Pg": kid.page.reference})
            )
        else:
            kids.append(_write_content(element.dictionary, kid))
    if kids:
        element.dictionary["K"] = kids if len(kids) > 1 else kids[0]
    return element.dictionary.reference


def _write_content(dictionary: Dictionary, content: Content) -> int | Dictionary:
    # The first page is the page of the element; content on later pages names its own page.
    page = content.page.reference
    if dictionary.setdefault("Pg", page) == page:
        return content.number
    return Dictionary({"Type": "/MCR", "Pg": page, "MCID": content.number})


def _parent_numbers(pdf: PDF, contents: Contents, references: References) -> Array:
    numbers = Array()
    for key, elements in enumerate(contents):
        row = Array([_reference(element) for element in elements])
        pdf.add_object(row)
        numbers.extend((key, row.reference))
    for key, (reference, element) in enumerate(references, start=len(contents)):
        reference.annotation()["StructParent"] = key
        numbers.extend((key, _reference(element)))
    return numbers


def _reference(element: Element | None) -> bytes:
    return b"null" if element is None or element.dictionary is None else element.dictionary.reference
