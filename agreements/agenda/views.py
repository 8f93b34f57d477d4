"""Reading the agenda."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from agreements.access.declare import public
from agreements.agenda import queries
from agreements.commitments.queries import visible_to
from agreements.history.queries import timeline
from agreements.web.request import Request


@public
def agenda_items(request: Request) -> HttpResponse:
    """GET /agenda/: all items by year, with what became of them."""
    readable = set(visible_to(request.user).values_list("pk", flat=True))
    context = {"nav": "agenda", "years": queries.items_by_year(), "readable": readable}
    return render(request, "agenda/agenda_items.html", context)


@public
def agenda_item(request: Request, code: str) -> HttpResponse:
    """GET /agenda/<code>/: one item and its fates."""
    item = get_object_or_404(queries.agenda_items(), code=code)
    context = {
        "item": item,
        "readable": set(visible_to(request.user).values_list("pk", flat=True)),
        "timeline": timeline(item),
    }
    return render(request, "agenda/agenda_item.html", {"nav": "agenda", **context})
