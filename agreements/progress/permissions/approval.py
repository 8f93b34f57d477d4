"""Who may ask for a second pair of eyes inside a party, and who those eyes are."""

from typing import Any

from agreements.access.refusals import Refused
from agreements.commitments.models import Commitment
from agreements.parties.models import Party, Role
from agreements.parties.queries import standing_of
from agreements.progress.models import Draft
from agreements.progress.permissions.draft import save_draft


def require_approval(party: Party, *, by: Any) -> None:
    """A signatory decides for the own party."""
    if party not in signing_parties(by):
        raise Refused(
            f"Alleen een bestuurder (ondertekenaar) van {party.name} mag bepalen of er akkoord nodig is."
        )


def signing_parties(user: Any) -> list[Party]:
    """The parties for which this person approves."""
    found = {m.party_id: m.party for m in standing_of(user).memberships if m.role == Role.SIGNATORY}
    return list(found.values())


def read_offers(party: Party, *, by: Any) -> None:
    """Only a signatory of the party has a page of answers to approve."""
    if party not in signing_parties(by):
        raise Refused(f"Alleen een bestuurder (ondertekenaar) van {party.name} mag akkoord geven.")


def offer_progress(commitment: Commitment, *, by: Any) -> None:
    """Whoever fills in lays an answer before the signatory, where the party wants that."""
    save_draft(commitment, by=by)
    if not commitment.lead.needs_approval:
        raise Refused(f"Bij {commitment.lead.name} is geen akkoord nodig. U kunt uw antwoord zelf versturen.")


def approve_progress(draft: Draft, *, by: Any) -> None:
    """A signatory of the party, on what waits."""
    read_offers(draft.party, by=by)
    if draft.commitment.withdrawn_on or draft.commitment.lead_id != draft.party_id:
        raise Refused(
            f"{draft.party.name} voert deze afspraak niet meer uit. Er is niets om akkoord op te geven."
        )
    if not draft.is_waiting:
        raise Refused("Dit antwoord wacht niet meer op akkoord. Een collega heeft het intussen aangepast.")


def send_back_draft(draft: Draft, *, by: Any) -> None:
    """Who may approve may also send back."""
    approve_progress(draft, by=by)
