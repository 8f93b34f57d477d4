"""A page that is drawn, before it has a place in a file."""

from dataclasses import dataclass, field
from typing import Any

from pydyf import PDF, Dictionary, String


@dataclass(eq=False)
class Link:
    """A link on a page. WeasyPrint gives it its annotation when the page gets its place."""

    kind: str
    target: str
    text: str = ""
    link_annotation: Dictionary | None = None

    def annotation(self) -> Dictionary:
        """What stands in the PDF; it says where the link goes (PDF/UA-1, 7.18.5)."""
        assert self.link_annotation is not None
        self.link_annotation["Contents"] = String(self.text)
        return self.link_annotation


@dataclass(eq=False)
class Leaf:
    """A page: its compressed content, what it holds that others point at, its links and fields.

    `reference`: its object in the PDF, when it has its place there.
    """

    width: float
    height: float
    bleed: dict[str, float]
    anchors: dict[str, Any]
    bookmarks: list[Any]
    links: list[tuple[str, str, Any, Link]] = field(default_factory=list)
    fields: list[Dictionary] = field(default_factory=list)
    content: bytes = b""
    reference: bytes = b""


def object_at(pdf: PDF, reference: bytes) -> Any:
    """The object with this reference."""
    return pdf.objects[int(reference.split()[0])]
