"""By which ways a revision reaches each of its objects: what pyHanko asks before it calls a later revision harmless.

pyHanko follows every way. All pages of a report share their fonts and drawings, so the number of ways is pages times
drawings times fonts: 87 seconds of CPU for 44 pages. Here what the pages share is entered once. Every object that
holds a reference is still visited, so every use of an object still has a way; only the same use by another page is left out.

Imported for its effect by verify.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import HistoricalResolver, RawPdfPath

Way = tuple[str | int, ...]
PAGES: Way = ("/Root", "/Pages")
TREE: Way = ("/Root", "/StructTreeRoot")


class Usages:
    """The ways to every object of one revision, from its trailer."""

    def __init__(self, revision: HistoricalResolver):
        self.revision = revision
        self.found: dict[generic.Reference, set[Way]] = defaultdict(set)
        self.pages = self._page_tree()
        self.page_ways = set(self.pages.values())
        self.elements = self._elements()
        self._above: set[generic.Reference] = set()
        self._shared: set[generic.Reference] = set()
        self._follow(revision.trailer_view, (), in_tree=False, is_shared=False)

    def _follow(self, value: Any, way: Way, *, in_tree: bool, is_shared: bool) -> None:
        if not isinstance(value, generic.IndirectObject):
            self._into(value, way, in_tree=in_tree, is_shared=is_shared)
            return
        reference = value.reference
        if reference in self._above:
            return
        self.found[reference].add(way)
        if not self._may_enter(reference, way, in_tree=in_tree, is_shared=is_shared):
            return
        self._above.add(reference)
        self._into(self.revision(reference), way, in_tree=in_tree, is_shared=is_shared)
        self._above.discard(reference)

    def _may_enter(self, reference: generic.Reference, way: Way, *, in_tree: bool, is_shared: bool) -> bool:
        """Pages by their own way only, elements of the structure tree from that tree only, what is shared once."""
        if self.pages.get(reference, way) != way or (reference in self.elements and not in_tree):
            return False
        if is_shared and reference in self._shared:
            return False
        if is_shared:
            self._shared.add(reference)
        return True

    def _into(self, value: Any, way: Way, *, in_tree: bool, is_shared: bool) -> None:
        if isinstance(value, generic.DictionaryObject):
            for key, child in value.items():
                if key == "/Parent" or (in_tree and key == "/P"):  # back where we came from
                    continue
                in_it = in_tree or (way == TREE and key == "/K")
                shared = is_shared or (way in self.page_ways and key == "/Resources")
                self._follow(child, (*way, key), in_tree=in_it, is_shared=shared)
        elif isinstance(value, generic.ArrayObject):
            for place, child in enumerate(value):
                self._follow(child, (*way, place), in_tree=in_tree, is_shared=is_shared)

    def _page_tree(self) -> dict[generic.Reference, Way]:
        """The nodes of the page tree and the way to each of them."""
        found: dict[generic.Reference, Way] = {}
        waiting = [(self.revision.root.raw_get("/Pages"), PAGES)]
        while waiting:
            node, way = waiting.pop()
            if isinstance(node, generic.IndirectObject):
                if node.reference in found:
                    raise PdfReadError("a page tree that holds itself")
                found[node.reference] = way
            inside = node.get_object()
            kids = kids_of(inside.raw_get("/Kids")) if "/Kids" in inside else ()
            waiting += [(kid, (*way, "/Kids", place)) for place, kid in enumerate(kids)]
        return found

    def _elements(self) -> set[generic.Reference]:
        """The elements of the structure tree."""
        found: set[generic.Reference] = set()
        root = self.revision.root
        waiting = [root["/StructTreeRoot"]] if "/StructTreeRoot" in root else []
        while waiting:
            node = waiting.pop()
            for child in kids_of(node.raw_get("/K")) if "/K" in node else ():
                inside = child.get_object()
                if not is_element(inside):
                    continue
                if isinstance(child, generic.IndirectObject):
                    if child.reference in found:
                        raise PdfReadError("a structure tree that holds itself")
                    found.add(child.reference)
                waiting.append(inside)
        return found


def is_element(node: Any) -> bool:
    """Whether a child of the structure tree is an element itself, and not a piece of a page."""
    if not isinstance(node, generic.DictionaryObject):
        return False
    return "/Type" not in node or node["/Type"] == "/StructElem"


def kids_of(value: Any) -> Iterator[Any]:
    """The raw items of an array or of a reference to one; of anything else the thing itself."""
    inside = value.get_object() if isinstance(value, generic.IndirectObject) else value
    if isinstance(inside, generic.ArrayObject):
        for place in range(len(inside)):
            yield inside.raw_get(place)
    else:
        yield value


def _load_reverse_xref_cache(self: HistoricalResolver) -> None:
    """Replaces HistoricalResolver._load_reverse_xref_cache."""
    if self._indirect_object_access_cache is None:
        ways = Usages(self).found
        self._indirect_object_access_cache = {
            reference: {RawPdfPath(*way) for way in found} for reference, found in ways.items()
        }


HistoricalResolver._load_reverse_xref_cache = _load_reverse_xref_cache  # type: ignore[method-assign]
