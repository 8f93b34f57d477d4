"""Reading the road of a jaarschijf."""

from dataclasses import dataclass
from typing import Any

from agreements.access.refusals import allows
from agreements.agreement.models import YearSlice
from agreements.parties.queries import standing_of
from agreements.process import permissions
from agreements.process.phases import STEPS, Check, button_of, checklist, is_back

SLUGS = {label.lower(): code for code, label in YearSlice.Phase.choices}


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
        return all(check.is_met for check in self.checks)


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
