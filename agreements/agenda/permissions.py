"""Who may decide on the agenda. Same names as the operations they guard."""

from typing import Any

from agreements.access.refusals import Refused
from agreements.agenda.models import AgendaItem
from agreements.agreement.models import YearSlice
from agreements.parties.queries import standing_of


def add_agenda_item(*, by: Any) -> None:
    """The municipality keeps the agenda."""
    if not standing_of(by).is_coordinator:
        raise Refused("Alleen coördinatoren van de gemeente mogen iets op de agenda zetten.")


def decide_fate(item: AgendaItem, year_slice: YearSlice, *, by: Any) -> None:
    """A coordinator writes down what parties decided, as long as the jaarschijf is a draft."""
    if not standing_of(by).is_coordinator:
        raise Refused("Alleen coördinatoren van de gemeente mogen een besluit over de agenda vastleggen.")
    if not year_slice.is_draft:
        raise Refused(
            f"{year_slice} is in de fase {year_slice.get_phase_display().lower()}. "
            "Besluiten over de agenda kan alleen in de fasen bod en concept."
        )
    if not item.is_due_in(year_slice.year):
        raise Refused(f"Agendapunt {item.code} staat niet op de agenda van {year_slice.year}.")
