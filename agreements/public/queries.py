"""What the public pages show, in a constant number of queries."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from agreements.agenda.models import AgendaItem, Fate
from agreements.agenda.queries import due_in
from agreements.agreement.models import Signatory, Theme, YearSlice
from agreements.agreement.queries import themes, year_slices
from agreements.commitments.models import Commitment, CommitmentQuerySet, Status
from agreements.commitments.queries import visible_to
from agreements.parties.models import Party
from agreements.process.models import PhaseDeadline
from agreements.process.queries import deadlines_of
from agreements.progress.models import ReportingRound


@dataclass(frozen=True)
class ThemeStanding:
    """A theme with how its commitments stand: `counts` is {status: number}, only those that occur."""

    theme: Theme
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """The number of commitments of the theme, of every standing."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class YearOnRoute:
    """A year on the way from agenda to commitments: what was decided on its agenda, and the next day that is set."""

    slice: YearSlice
    commitments: int
    agenda_items: int
    concrete: int
    postponed: int
    dropped: int
    undecided: int
    next_day: PhaseDeadline | None


def theme_standings(commitments: CommitmentQuerySet) -> list[ThemeStanding]:
    """Every theme that has commitments, in the order of the themes."""
    counts = counts_per(commitments.whole(), "theme")
    return [ThemeStanding(theme, counts[theme.pk]) for theme in themes() if theme.pk in counts]


def counts_per(commitments: CommitmentQuerySet, field: str) -> dict[int, dict[str, int]]:
    """{primary key: {status: number}} for the themes or leads of these commitments, only what occurs."""
    counts: dict[int, dict[str, int]] = {}
    for key, status, number in (
        commitments.order_by()
        .values_list(field, "status")
        .annotate(n=Count("pk"))
        .values_list(field, "status", "n")
    ):
        counts.setdefault(key, {})[status] = number
    return {key: in_order(found) for key, found in counts.items()}


def in_order(counts: Mapping[str, int]) -> dict[str, int]:
    """The same counts in the fixed order of the statuses, only those that occur."""
    return {status: counts[status] for status in Status.values if counts.get(status)}


def route(user: Any) -> list[YearOnRoute]:
    """The years of the agreement with their numbers; drafts only count for who may read them."""
    commitments = dict(
        visible_to(user)
        .whole()
        .order_by()
        .values_list("year_slice__year")
        .annotate(n=Count("pk"))
        .values_list("year_slice__year", "n")
    )
    items = list(AgendaItem.objects.prefetch_related("fates"))
    return [
        _on_route(year_slice, commitments.get(year_slice.year, 0), items)
        for year_slice in year_slices().prefetch_related("deadlines")
    ]


def _on_route(year_slice: YearSlice, commitments: int, items: list[AgendaItem]) -> YearOnRoute:
    due = [item for item in items if item.is_due_in(year_slice.year)]
    fates = [fate for item in due if (fate := item.fate_in(year_slice.year))]
    kinds = Counter(fate.kind for fate in fates)
    return YearOnRoute(
        slice=year_slice,
        commitments=commitments,
        agenda_items=len(due),
        concrete=kinds[Fate.Kind.CONCRETISED],
        postponed=kinds[Fate.Kind.POSTPONED],
        dropped=kinds[Fate.Kind.DROPPED],
        undecided=len(due) - len(fates),
        next_day=None if year_slice.is_adopted else _next_day(year_slice),
    )


def _next_day(year_slice: YearSlice) -> PhaseDeadline | None:
    """The day of the present phase, or of the first phase after it that has one."""
    order, days = YearSlice.Phase.values, deadlines_of(year_slice)
    return next((days[phase] for phase in order[order.index(year_slice.phase) :] if phase in days), None)


def parties_by_kind(answers: list[Signatory]) -> list[tuple[str, list[Signatory]]]:
    """[(kind in Dutch, answers)] for the three sides, in their order."""
    plural = {
        "municipality": "Gemeente",
        "corporation": "Woningcorporaties",
        "tenants": "Huurdersorganisaties",
    }
    return [(plural[kind], [a for a in answers if a.party.kind == kind]) for kind in Party.Kind.values]


def key_figures(commitments: CommitmentQuerySet) -> list[Commitment]:
    """The commitments whose figure stands on the overview, those with a value only."""
    return list(commitments.filter(is_key_figure=True, value__isnull=False, target__isnull=False)[:4])


def last_closed_round(year: int) -> ReportingRound | None:
    """The round whose figures are complete: the newest closed one of this year."""
    return (
        ReportingRound.objects.filter(year_slice__year=year, closed_on__isnull=False).order_by("as_of").last()
    )


def agenda_of(year: int) -> list[tuple[AgendaItem, Fate | None]]:
    """The agenda items of a year, each with its fate in that year or None."""
    return [(item, item.fate_in(year)) for item in due_in(year)]


def phases(year_slice: YearSlice) -> list[dict[str, Any]]:
    """The road of a jaarschijf: [{"label", "is_done", "is_now", "css", "due_on"}], in order."""
    deadlines = deadlines_of(year_slice)
    order = YearSlice.Phase.values
    now = order.index(year_slice.phase)
    last = order.index(YearSlice.Phase.ADOPTED)
    steps = []
    for place, (phase, label) in enumerate(YearSlice.Phase.choices):
        is_done = place < now or (place == now == last)
        css = "klaar" if is_done else "nu" if place == now else "straks"
        due_on = deadlines[phase].due_on if phase in deadlines else None
        steps.append(
            {"label": label, "is_done": is_done, "is_now": place == now, "css": css, "due_on": due_on}
        )
    return steps
