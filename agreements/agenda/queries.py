"""Reading the agenda and what became of its items."""

from django.db import models
from django.db.models import Prefetch, Q

from agreements.agenda.models import AgendaItem, Fate
from agreements.commitments.models import Commitment


def agenda_items() -> models.QuerySet[AgendaItem]:
    """All agenda items with their fates; the agenda is public."""
    commitments = Prefetch("commitments", Commitment.objects.select_related("year_slice"))
    fates = Prefetch("fates", Fate.objects.prefetch_related(commitments))
    return AgendaItem.objects.select_related("theme", "lead", "source").prefetch_related(fates)


def items_by_year() -> list[tuple[int, list[tuple[AgendaItem, Fate | None]]]]:
    """[(year, [(item, its newest fate or None)])], by the first year an item is meant for."""
    by_year: dict[int, list[tuple[AgendaItem, Fate | None]]] = {}
    for item in agenda_items():
        by_year.setdefault(item.year, []).append(
            (item, list(item.fates.all())[-1] if item.fates.all() else None)
        )
    return list(by_year.items())


def due_in(year: int) -> models.QuerySet[AgendaItem]:
    """The items meant for this year, or postponed to it."""
    meant = Q(year=year) | Q(year__lte=year, until__gte=year) | Q(fates__to_year=year)
    return agenda_items().filter(meant).distinct()


def origins_of(commitment: Commitment) -> models.QuerySet[AgendaItem]:
    """The agenda items that this commitment makes concrete."""
    return AgendaItem.objects.filter(fates__commitments=commitment).select_related("theme").distinct()
