"""Reading the agenda and what became of its items."""

from typing import Any

from django.db import models
from django.db.models import Prefetch

from agreements.access.refusals import allows
from agreements.agenda.models import AgendaItem, Fate
from agreements.agenda.permissions import decide_fate
from agreements.agreement.models import YearSlice
from agreements.commitments.models import Commitment


def agenda_items() -> models.QuerySet[AgendaItem]:
    """All agenda items with their fates; the agenda is public."""
    commitments = Prefetch("commitments", Commitment.objects.select_related("year_slice"))
    fates = Prefetch("fates", Fate.objects.prefetch_related(commitments))
    return AgendaItem.objects.select_related("theme", "lead", "source").prefetch_related(fates)


def items_by_year() -> list[tuple[int, list[tuple[AgendaItem, Fate | None]]]]:
    """[(year, [(item, its fate in that year or None)])]: an item stands under each year it is due in."""
    items = list(agenda_items())
    last = max((item.last_year for item in items), default=0)
    years = range(min((item.year for item in items), default=1), last + 1)
    found = [(year, [(item, item.fate_in(year)) for item in items if item.is_due_in(year)]) for year in years]
    return [(year, rows) for year, rows in found if rows]


def due_in(year: int) -> list[AgendaItem]:
    """The items on which a decision is needed in this year, decided or not."""
    return [item for item in agenda_items() if item.is_due_in(year)]


def due_after(year: int) -> list[AgendaItem]:
    """The items that still ask for a decision in a year after this one."""
    items = list(agenda_items())
    last = max((item.last_year for item in items), default=0)
    years = range(year + 1, last + 1)
    return [item for item in items if any(item.is_due_in(later) for later in years)]


def undecided_in(year: int) -> list[AgendaItem]:
    """The items of this year without a decision that still stands; adoption waits for them (rule 1)."""
    fates = ((item, item.fate_in(year)) for item in due_in(year))
    return [item for item, fate in fates if fate is None or not fate.stands]


def drafts_of(year_slice: YearSlice) -> models.QuerySet[Commitment]:
    """The commitments of this year into which an agenda item can be made concrete."""
    return Commitment.objects.whole().filter(year_slice=year_slice, withdrawn_on__isnull=True)


def to_decide(item: AgendaItem, *, by: Any) -> list[int]:
    """The years in which this person may decide on the item now."""
    slices = YearSlice.objects.filter(agreement=item.agreement_id, phase__in=YearSlice.DRAFT_PHASES)
    return [found.year for found in slices if allows(decide_fate, item, found, by=by)]


def origins_of(commitment: Commitment) -> models.QuerySet[AgendaItem]:
    """The agenda items that this commitment makes concrete."""
    return AgendaItem.objects.filter(fates__commitments=commitment).select_related("theme").distinct()
