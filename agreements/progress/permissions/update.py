"""Who may report progress."""

from typing import Any

from agreements.access.refusals import Refused
from agreements.commitments.models import Commitment
from agreements.parties.models import Party, Role
from agreements.parties.queries import standing_of
from agreements.progress.permissions.draft import save_draft


def submit_progress(commitment: Commitment, *, by: Any) -> None:
    """Who fills in for the executing party; where it wants a second pair of eyes only its signatory."""
    save_draft(commitment, by=by)
    if must_be_approved(commitment.lead, by=by):
        raise Refused(f"Bij {commitment.lead.name} geeft eerst een bestuurder akkoord. Leg uw antwoord voor.")


def must_be_approved(party: Party, *, by: Any) -> bool:
    """Whether an answer of this person first goes to the signatory of the party."""
    return party.needs_approval and not standing_of(by).has(Role.SIGNATORY, party=party)
