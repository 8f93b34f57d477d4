"""Who may do what with a commitment. Same names as the operations they guard."""

from typing import Any

from agreements.access.refusals import Refused
from agreements.agreement.models import YearSlice
from agreements.commitments.models import Commitment
from agreements.parties.queries import standing_of


def draft_commitment(year_slice: YearSlice, *, by: Any) -> None:
    """Only the municipality's coordinators write the text, while the jaarschijf is a draft."""
    if not standing_of(by).is_coordinator:
        raise Refused("Alleen coördinatoren van de gemeente stellen de tekst van afspraken op.")
    if not year_slice.is_draft:
        phase = year_slice.get_phase_display().lower()
        raise Refused(
            f"{year_slice} staat op ‘{phase}’. Afspraken opstellen kan alleen bij het bod en het concept."
        )


def copy_commitments(year_slice: YearSlice, *, by: Any) -> None:
    """Taking over the commitments of the year before is drafting."""
    draft_commitment(year_slice, by=by)


def move_commitment(year_slice: YearSlice, *, by: Any) -> None:
    """The order of a jaarschijf is part of its text."""
    draft_commitment(year_slice, by=by)


def edit_commitment(commitment: Commitment, *, by: Any) -> None:
    """Coordinators, and only while the jaarschijf is a draft: signed text does not change (rule 3)."""
    if not standing_of(by).is_coordinator:
        raise Refused("Alleen coördinatoren van de gemeente mogen de tekst van een afspraak aanpassen.")
    if not commitment.year_slice.is_draft:
        raise Refused(
            f"{commitment.year_slice} is {commitment.year_slice.get_phase_display().lower()}. "
            "De tekst ligt vast. U kunt hem hier niet meer aanpassen."
        )
    if commitment.withdrawn_on:
        raise Refused("Deze afspraak is ingetrokken. U kunt hem niet meer aanpassen.")


def withdraw_commitment(commitment: Commitment, *, by: Any) -> None:
    """A draft is taken back by who may write it."""
    edit_commitment(commitment, by=by)


def define_indicator(*, by: Any) -> None:
    """Coordinators keep the catalogue of what is counted."""
    if not standing_of(by).is_coordinator:
        raise Refused("Alleen coördinatoren van de gemeente voegen indicatoren toe.")
