"""Leading a jaarschijf along its road."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.accounts.models import User
from agreements.agreement.models import Agreement, YearSlice
from agreements.agreement.operations import hold_phase
from agreements.history.operations import record
from agreements.process import permissions
from agreements.process.cycle import PROPOSALS
from agreements.process.models import PhaseDeadline, ProcessStep
from agreements.process.phases import Condition, checklist, is_back
from agreements.process.queries import planned_days
from agreements.web.formats import dutch_date


@transaction.atomic
def change_phase(
    year_slice: YearSlice, to: str, *, seen: str, by: User, on: date, why: str = ""
) -> YearSlice:
    """Bring a jaarschijf to the phase `to` and return it.

    `seen` is the phase the form showed. ValidationError (code "conflict") when a colleague changed it since;
    otherwise with what is missing, all of it. Nobody edits a draft or decides on an item meanwhile (`hold_phase`).
    """
    permissions.lead_road(by=by)
    current = hold_phase(year_slice)
    if current.phase != seen:
        raise ValidationError(
            f"Iemand anders was u voor. {current} is nu in de fase {current.get_phase_display().lower()}.",
            code="conflict",
        )
    permissions.change_phase(current, to, by=by)
    return take_step(current, to, by=by, on=on, why=why)


def take_step(current: YearSlice, to: str, *, by: User, on: date, why: str = "") -> YearSlice:
    """The step itself, for a jaarschijf held by `hold_phase`; ValidationError with what is not in order yet."""
    _check_step(current, to, why)
    seen, current.phase = current.phase, YearSlice.Phase(to)
    if to == YearSlice.Phase.ADOPTED:
        current.adopted_on = on
    current.save(update_fields=["phase", "adopted_on"])
    back = "terug " if is_back(seen, to) else ""
    sentence = f"{current} ging {back}naar de fase {current.get_phase_display().lower()}."
    data = {"before": seen, "after": to}
    record("process.phase_changed", current, by=by, on=on, sentence=sentence, why=why, data=data)
    return current


def _check_step(year_slice: YearSlice, to: str, why: str) -> None:
    if is_back(year_slice.phase, to) and not why:
        raise ValidationError({"why": "Leg uit waarom de jaarschijf een stap terug gaat."})
    check_conditions(year_slice, to)


def check_conditions(year_slice: YearSlice, to: str, *, besides: Condition | None = None) -> None:
    """ValidationError with what is not in order yet for a step; `besides` is what is about to be."""
    unmet = [check for check in checklist(year_slice, to, besides=besides) if not check.is_met]
    if unmet:
        raise ValidationError(
            [
                f"Zorg eerst dat dit klopt: ‘{check.sentence}’ Het gaat om: {'; '.join(check.missing)}."
                for check in unmet
            ]
        )


@transaction.atomic
def prepare_year(agreement: Agreement, year: int, *, by: User, on: date) -> YearSlice:
    """Make a year ready to work on: the jaarschijf is there, and each phase has a day. Return the jaarschijf.

    What exists stays as it is, so that doing it again changes and records nothing.
    """
    Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)
    year_slice = agreement.year_slices.filter(year=year).first()
    permissions.prepare_year(year_slice, by=by)
    if year_slice is None:
        year_slice = YearSlice.objects.create(agreement=agreement, year=year)
        sentence = f"{year_slice} is begonnen, met de agenda als eerste fase."
        record("process.year_prepared", year_slice, by=by, on=on, sentence=sentence)
    set_deadlines(year_slice, by=by, on=on, days=planned_days(year_slice))
    return year_slice


@transaction.atomic
def add_process_step(year_slice: YearSlice, *, on: date, **fields: Any) -> ProcessStep:
    """Write down what a source tells about the road of a jaarschijf; only data sets do. `fields` are the model's."""
    order = year_slice.process_steps.count()
    step = ProcessStep.objects.create(year_slice=year_slice, order=order, **fields)
    record("process.step_added", year_slice, by=None, on=on, sentence=f"Stap vastgelegd: {step.title}.")
    return step


@transaction.atomic
def set_deadlines(
    year_slice: YearSlice, *, by: User | None, on: date, days: dict[YearSlice.Phase, date]
) -> list[PhaseDeadline]:
    """Before which day each of these phases should be done; return what changed. `by` is None for a data set.

    ValidationError when a day comes after the one in the law, or before the day of an earlier phase.
    """
    if by is not None:
        permissions.set_deadlines(year_slice, by=by)
    hold_phase(year_slice)
    _check_days(year_slice.year, days)
    present = {deadline.phase: deadline.due_on for deadline in year_slice.deadlines.all()}
    changed = [
        _set_deadline(year_slice, phase, day) for phase, day in days.items() if present.get(phase) != day
    ]
    if changed:
        said = ", ".join(f"{d.get_phase_display().lower()} {dutch_date(d.due_on)}" for d in changed)
        sentence = f"{year_slice}, uiterste datums: {said}."
        record("process.deadlines_set", year_slice, by=by, on=on, sentence=sentence)
    return changed


def _check_days(year: int, days: dict[YearSlice.Phase, date]) -> None:
    errors: dict[str, str] = {}
    last: date | None = None
    for phase, proposal in PROPOSALS.items():
        day = days.get(phase)
        if day is None:
            continue
        if proposal.is_statutory and day > proposal.on(year):
            errors[phase] = (
                f"Volgens de wet moet dit uiterlijk op {dutch_date(proposal.on(year))} ({proposal.basis})."
            )
        elif last and day < last:
            errors[phase] = "Deze dag ligt vóór die van de vorige fase. Kies een latere dag."
        last = day
    if errors:
        raise ValidationError(errors)


def _set_deadline(year_slice: YearSlice, phase: YearSlice.Phase, day: date) -> PhaseDeadline:
    proposal = PROPOSALS[phase]
    fits_law = proposal.is_statutory and day == proposal.on(year_slice.year)
    basis = proposal.basis if day == proposal.on(year_slice.year) else "Gekozen voor deze jaarschijf"
    values = {"due_on": day, "basis": basis, "is_statutory": fits_law}
    return PhaseDeadline.objects.update_or_create(year_slice=year_slice, phase=phase, defaults=values)[0]
