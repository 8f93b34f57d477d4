"""Who may report progress."""

from typing import Any

from agreements.access.refusals import Refused
from agreements.commitments.models import Commitment
from agreements.parties.models import Role
from agreements.parties.queries import standing_of


def submit_progress(commitment: Commitment, *, by: Any) -> None:
    """Only the executing party reports, on adopted text (rules 3 and 4)."""
    if not standing_of(by).has(Role.REPORTER, Role.SIGNATORY, Role.COORDINATOR, party=commitment.lead):
        raise Refused(_who_reports(commitment, by=by))
    if not commitment.year_slice.is_adopted:
        raise Refused(f"{commitment.year_slice} is nog niet vastgesteld. Voortgang doorgeven kan daarna.")
    if commitment.withdrawn_on:
        raise Refused("Deze afspraak is ingetrokken. U hoeft er niets meer voor door te geven.")


def _who_reports(commitment: Commitment, *, by: Any) -> str:
    if commitment.lead_id in standing_of(by).parties:
        return (
            f"Binnen {commitment.lead.name} geven alleen de invuller en de ondertekenaar de voortgang door."
        )
    return f"Alleen {commitment.lead.name} geeft de voortgang van deze afspraak door."
