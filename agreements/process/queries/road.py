"""Reading the road of a jaarschijf."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Prefetch

from agreements.access.refusals import allows
from agreements.agenda.models import AgendaItem, Fate
from agreements.agenda.queries import agenda_items, due_in
from agreements.agreement.models import Agreement, YearSlice
from agreements.agreement.queries import current_agreement
from agreements.commitments.models import Commitment, CommitmentQuerySet
from agreements.commitments.queries import unfinished_before, visible_to
from agreements.parties.queries import standing_of
from agreements.process import permissions
from agreements.process.cycle import PROPOSALS
from agreements.process.models import PhaseDeadline, ProcessStep
from agreements.process.phases import STEPS, Check, button_of, checklist, is_back
from agreements.web.dates import today

SLUGS = {label.lower(): code for code, label in YearSlice.Phase.choices}


@dataclass(frozen=True)
class ItemRoad:
    """An agenda item, what was decided on it year after year, and the years that still ask for a decision."""

    item: AgendaItem
    fates: list[Fate]
    open_years: list[int]


@dataclass(frozen=True)
class Preparation:
    """What there is to start a year with: commitments of the year before that are not finished, and the agenda.

    `taken` is what this year took over already. `days` is {phase: day}; `is_done` says that the jaarschijf and
    all its days are there.
    """

    year: int
    slice: YearSlice | None
    unfinished: list[Commitment]
    taken: list[Commitment]
    agenda: list[tuple[AgendaItem, Fate | None]]
    days: dict[YearSlice.Phase, date]
    is_done: bool


@dataclass(frozen=True)
class NextStep:
    """A step from the present phase: to where, what is still missing, and whether this person may take it."""

    to: YearSlice.Phase
    button: str
    meaning: str
    is_back: bool
    checks: list[Check]
    may: bool

    @property
    def slug(self) -> str:
        """The phase as it stands in the address."""
        return self.to.label.lower()

    @property
    def is_ready(self) -> bool:
        """Whether every condition of the step is met."""
        return all(check.is_met for check in self.checks)


def deadlines_of(year_slice: YearSlice) -> dict[str, PhaseDeadline]:
    """{phase: the day before which it should be done}, those that are set."""
    return {deadline.phase: deadline for deadline in year_slice.deadlines.all()} if year_slice.pk else {}


def planned_days(year_slice: YearSlice) -> dict[YearSlice.Phase, date]:
    """The day for each phase: as it was set, else as law and practice propose, in the order of the phases."""
    present = deadlines_of(year_slice)
    days: dict[YearSlice.Phase, date] = {}
    for phase, proposal in PROPOSALS.items():
        proposed = max([proposal.on(year_slice.year), *days.values()])
        days[phase] = present[phase].due_on if phase in present else proposed
    return days


def planned_years() -> list[YearSlice]:
    """The years that are still on their way and have days, with those days."""
    slices = YearSlice.objects.exclude(phase__in=[YearSlice.Phase.ADOPTED, YearSlice.Phase.CLOSED])
    return list(slices.filter(deadlines__isnull=False).distinct().prefetch_related("deadlines"))


def steps_of(year_slice: YearSlice) -> models.QuerySet[ProcessStep]:
    """What happened on the way to this year, in order, with the sources."""
    return year_slice.process_steps.select_related("source")


def road(agreement: Agreement) -> models.QuerySet[ProcessStep]:
    """What happened on the way to the first year of the agreement."""
    steps = ProcessStep.objects.filter(year_slice__agreement=agreement, year_slice__year=agreement.first_year)
    return steps.select_related("source")


def preparation(agreement: Agreement, year: int, *, by: Any) -> Preparation:
    """What there is to start this year of the agreement with, for a person."""
    year_slice = agreement.year_slices.filter(year=year).first()
    copies = visible_to(by).whole().filter(year_slice__year=year, copied_from__isnull=False)
    taken = list(copies.select_related("copied_from").order_by("copied_from__code"))
    there = {copy.copied_from_id for copy in taken}
    return Preparation(
        year=year,
        slice=year_slice,
        unfinished=[row for row in unfinished_before(year, by) if row.pk not in there],
        taken=taken,
        agenda=[(item, item.fate_in(year)) for item in due_in(year)],
        days=planned_days(year_slice or YearSlice(agreement=agreement, year=year)),
        is_done=bool(year_slice and set(PROPOSALS) <= set(deadlines_of(year_slice))),
    )


def year_to_prepare(*, by: Any) -> int | None:
    """The year after this one, when this person may prepare it and the agreement covers it."""
    agreement, year = current_agreement(), today().year + 1
    if agreement is None or year > agreement.last_year:
        return None
    year_slice = agreement.year_slices.filter(year=year).first()
    return year if allows(permissions.prepare_year, year_slice, by=by) else None


def item_roads(agreement: Agreement) -> list[ItemRoad]:
    """Every agenda item of the agreement with its whole road, by theme."""
    years = range(agreement.first_year, agreement.last_year + 1)
    items = sorted(agenda_items().filter(agreement=agreement), key=lambda i: (i.theme.order, i.code))
    return [
        ItemRoad(
            item,
            list(item.fates.all()),
            [year for year in years if item.is_due_in(year) and not item.fate_in(year)],
        )
        for item in items
    ]


def in_columns(lines: list[list[Commitment]]) -> list[list[tuple[int, Commitment | None]]]:
    """Each line of commitments as [(year, its commitment of that year or None)], for every year that occurs."""
    found = [{row.year_slice.year: row for row in line} for line in lines]
    years = sorted({year for line in found for year in line})
    return [[(year, line.get(year)) for year in years] for line in found]


def with_origins(commitments: CommitmentQuerySet) -> CommitmentQuerySet:
    """The commitments that come from the agenda, each with its fates and their items."""
    fates = Prefetch("origins", Fate.objects.select_related("item"))
    return commitments.filter(origins__isnull=False).distinct().prefetch_related(fates)


def next_steps(year_slice: YearSlice, *, by: Any) -> list[NextStep]:
    """The steps from the present phase, for who takes part in the agreement; steps back for coordinators only."""
    if not standing_of(by).parties:
        return []
    steps = [step_to(year_slice, to, by=by) for to in year_slice.next_phases]
    return [step for step in steps if step.may or not step.is_back]


def step_to(year_slice: YearSlice, to: str, *, by: Any) -> NextStep:
    """One step from the present phase."""
    return NextStep(
        to=YearSlice.Phase(to),
        button=button_of(year_slice.phase, to),
        meaning=STEPS[YearSlice.Phase(to)].meaning,
        is_back=is_back(year_slice.phase, to),
        checks=checklist(year_slice, to),
        may=allows(permissions.change_phase, year_slice, to, by=by),
    )
