"""Who may lead a jaarschijf along its road."""

from typing import Any

from agreements.access.refusals import Refused
from agreements.agreement.models import YearSlice
from agreements.parties.queries import standing_of


def lead_road(*, by: Any) -> None:
    """The municipality's coordinators lead a jaarschijf from phase to phase."""
    if not standing_of(by).is_coordinator:
        raise Refused(
            "Alleen coördinatoren van de gemeente mogen een jaarschijf naar een andere fase brengen."
        )


def change_phase(year_slice: YearSlice, to: str, *, by: Any) -> None:
    """Only along the steps of `YearSlice.TRANSITIONS`."""
    lead_road(by=by)
    if to not in year_slice.next_phases:
        now, wanted = year_slice.get_phase_display().lower(), YearSlice.Phase(to).label.lower()
        raise Refused(f"{year_slice} is nu in de fase {now}. Van daar kan hij niet naar {wanted}.")


def set_deadlines(year_slice: YearSlice, *, by: Any) -> None:
    """The coordinators plan a year that is not adopted yet."""
    if not standing_of(by).is_coordinator:
        raise Refused("Alleen coördinatoren van de gemeente mogen een jaarschijf plannen.")
    if year_slice.is_adopted:
        raise Refused(f"{year_slice} is al vastgesteld. Er valt niets meer te plannen.")


def prepare_year(year_slice: YearSlice | None, *, by: Any) -> None:
    """The coordinators prepare a year that is not there yet, or not adopted."""
    if not standing_of(by).is_coordinator:
        raise Refused("Alleen coördinatoren van de gemeente mogen een jaarschijf voorbereiden.")
    if year_slice and year_slice.is_adopted:
        raise Refused(f"{year_slice} is al vastgesteld. Er valt niets meer voor te bereiden.")
