"""What an HTML element is called in the structure tree (ISO 32000-1, 14.8.4: standard structure types)."""

from typing import Any
from xml.etree.ElementTree import Element as HtmlElement

ROLES = {
    "section": "Sect", "article": "Art", "main": "Part", "blockquote": "BlockQuote", "p": "P",
    "ul": "L", "ol": "L", "dl": "L", "li": "LI", "dt": "Lbl", "dd": "LBody",
    "table": "Table", "caption": "Caption", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot",
    "tr": "TR", "th": "TH", "td": "TD",
    "a": "Link", "code": "Code", "q": "Quote", "figure": "Figure", "figcaption": "Caption",
    "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6",
}  # fmt: skip

# These hold other elements; text directly inside them needs a paragraph of its own.
GROUPING = {
    "Document",
    "Part",
    "Sect",
    "Art",
    "Div",
    "BlockQuote",
    "L",
    "LI",
    "Table",
    "THead",
    "TBody",
    "TFoot",
    "TR",
}
# An empty cell still holds its column.
MAY_BE_EMPTY = {"TD", "TH"}
# WeasyPrint draws these again on every page of a long table.
REPEATED = {"THead", "TFoot"}

SVG = "{http://www.w3.org/2000/svg}"
IMAGES = {"img", SVG + "svg"}


def is_decorative(element: HtmlElement) -> bool:
    """True for what the author hid from screen readers, and for an image with an empty alt."""
    hidden = element.get("aria-hidden") == "true" or element.get("role") in ("presentation", "none")
    return hidden or (element.tag == "img" and element.get("alt") == "")


def text_of(element: HtmlElement) -> str:
    """All text inside an element on one line."""
    return " ".join("".join(element.itertext()).split())


def alternative(image: HtmlElement) -> str:
    """The text that replaces an image: aria-label, alt or the title of an SVG. Empty when there is none."""
    title = image.find(SVG + "title")
    text = image.get("aria-label") or image.get("alt") or (text_of(title) if title is not None else "")
    return " ".join(text.split())


def link_text(link: HtmlElement) -> str:
    """What a link says: its own label, its text, or else the text of the image in it."""
    images = " ".join(alternative(image) for image in link.iter() if image.tag in IMAGES)
    label = link.get("aria-label") or link.get("title") or text_of(link) or images.strip()
    return label or link.get("href", "")


def role_of(element: HtmlElement, language: str | None) -> str | None:
    """The structure type of an element, or None for an element that only groups or styles.

    A <span>, <em> or <div> gets one when the tree must keep what it says: another language.
    """
    if element.tag == "a" and element.get("href") is None:
        return None
    if element.tag == "figure" and not _is_one_image(element):
        return None
    if element.tag in ROLES:
        return ROLES[element.tag]
    if element.tag == "abbr" and element.get("title"):
        return "Span"
    if element.get("lang", language) != language:
        return "Div" if element.tag in ("div", "header", "footer", "aside", "nav", "address") else "Span"
    return None


def _is_one_image(figure: HtmlElement) -> bool:
    # A Figure is read as its text alternative only. A <figure> with a table or two charts must stay readable.
    images = [child for child in figure.iter() if child.tag in IMAGES and not is_decorative(child)]
    return len(images) == 1 and figure.find(".//table") is None


def list_numbering(element: HtmlElement, box: Any) -> str:
    """ISO 32000-1, table 347: which kind of label the items of a list have."""
    if box.style["list_style_type"] == "none" or element.tag == "dl":
        return "/None"
    return "/Decimal" if element.tag == "ol" else "/Disc"


def cell_attributes(element: HtmlElement, box: Any) -> dict[str, Any]:
    """Spans of a cell and the scope of a header cell (PDF/UA-1, 7.5: headers need a Scope)."""
    attributes: dict[str, Any] = {"O": "/Table"}
    if box.colspan != 1:
        attributes["ColSpan"] = box.colspan
    if box.rowspan != 1:
        attributes["RowSpan"] = box.rowspan
    if element.tag == "th":
        attributes["Scope"] = "/Row" if element.get("scope") in ("row", "rowgroup") else "/Column"
    return attributes
