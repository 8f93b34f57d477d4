"""Who may do what with a commitment. Same names as the operations they guard."""

from typing import Any

from agreements.access.refusals import Refused
from agreements.commitments.models import Commitment
from agreements.parties.queries import standing_of


def draft_commitment(*, by: Any) -> None:
    """Only the municipality's coordinators write the text (issue: civil servants edit in the browser)."""
    if not standing_of(by).is_coordinator:
        raise Refused("Alleen coördinatoren van de gemeente stellen de tekst van afspraken op.")


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
