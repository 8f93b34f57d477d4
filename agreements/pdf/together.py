"""What must stay together is laid out once.

WeasyPrint lays out a box with `break-inside: avoid` line by line until it passes the foot of the page, throws it
away, and starts again on the next page. Here such a box is laid out as if the page had no end. When it does not fit
it waits, and is moved to the next page as it is. Measured on a report of 50 commitments: 10 % of the processor time.
"""

from math import inf
from typing import Any

from weasyprint.layout import block

block_box_layout = block.block_box_layout
NOTHING_HERE = (None, None, {"break": "any", "page": None}, [], False)


def install() -> None:
    """Put this in the place of WeasyPrint's own."""
    block.block_box_layout = lay_out_together


def lay_out_together(
    context: Any, box: Any, bottom_space: float, skip_stack: Any, containing_block: Any, page_is_empty: bool,
    absolute_boxes: list[Any], fixed_boxes: list[Any], adjoining_margins: list[float], *rest: Any,
) -> Any:  # fmt: skip
    """Replaces `block_box_layout` for a whole box that must not break."""
    place = box.position_x, box.position_y

    def lay_out(space: float) -> Any:
        box.position_x, box.position_y = place
        return block_box_layout(
            context, box, space, skip_stack, containing_block, page_is_empty,
            absolute_boxes, fixed_boxes, adjoining_margins, *rest,
        )  # fmt: skip

    if box.style["break_inside"] != "avoid" or skip_stack or any(adjoining_margins or ()) or absolute_boxes:
        return lay_out(bottom_space)
    waiting = vars(context).setdefault("waiting", {})
    whole = _moved(waiting.pop(box), place) if box in waiting else lay_out(-inf)
    if not context.overflows_page(bottom_space, _foot(whole[0])):
        return whole
    if page_is_empty or any(part.missing_link for part in whole[0].descendants()):
        return lay_out(
            bottom_space
        )  # longer than a page; or with the number of a page, which may still change
    waiting[box] = whole
    return (*NOTHING_HERE, rest[-1])


def _moved(whole: Any, place: tuple[float, float]) -> Any:
    whole[0].translate(place[0] - whole[0].position_x, place[1] - whole[0].position_y)
    return whole


def _foot(box: Any) -> float:
    return float(box.border_box_y() + box.border_height())
