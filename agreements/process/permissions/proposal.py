"""Who may propose, and who decides on it."""

from typing import Any

from agreements.access.refusals import Refused
from agreements.agreement.models import YearSlice
from agreements.agreement.queries import parties_to
from agreements.parties.models import Party, Role
from agreements.parties.queries import standing_of
from agreements.process.models import Proposal

PROPOSERS = (Role.REPORTER, Role.SIGNATORY, Role.REVIEWER)


def proposers(year_slice: YearSlice, *, by: Any) -> list[Party]:
    """The corporations and tenant organisations of the agreement for which this person proposes."""
    own = {m.party for m in standing_of(by).memberships if m.role in PROPOSERS}
    others = {party for party in own if party.kind != Party.Kind.MUNICIPALITY}
    return [party for party in parties_to(year_slice.agreement) if party in others] if others else []


def make_proposal(year_slice: YearSlice, *, by: Any) -> None:
    """A corporation its bid, a tenant organisation its wishes, while the jaarschijf is a draft."""
    if not proposers(year_slice, by=by):
        raise Refused(
            "Alleen woningcorporaties en huurdersorganisaties die meedoen, mogen een voorstel indienen."
        )
    _check_phase(year_slice)


def write_proposal(proposal: Proposal, *, by: Any) -> None:
    """Whoever proposes for the party that made it."""
    if not standing_of(by).has(*PROPOSERS, party=proposal.party):
        raise Refused(f"Alleen {proposal.party.name} mag dit voorstel aanpassen of intrekken.")


def edit_proposal(proposal: Proposal, *, by: Any) -> None:
    """The own party, while nobody decided on it."""
    write_proposal(proposal, by=by)
    _check_open(proposal)


def withdraw_proposal(proposal: Proposal, *, by: Any) -> None:
    """Taking it back is for who may edit it."""
    edit_proposal(proposal, by=by)


def decide_proposals(*, by: Any) -> None:
    """The municipality's coordinators answer every proposal."""
    if not standing_of(by).is_coordinator:
        raise Refused("Alleen coördinatoren van de gemeente mogen over voorstellen besluiten.")


def take_up_proposal(proposal: Proposal, *, by: Any) -> None:
    """Coordinators, while the proposal is open and the jaarschijf a draft."""
    decide_proposals(by=by)
    _check_open(proposal)


def merge_proposal(proposal: Proposal, *, by: Any) -> None:
    """As taking up."""
    take_up_proposal(proposal, by=by)


def decline_proposal(proposal: Proposal, *, by: Any) -> None:
    """As taking up."""
    take_up_proposal(proposal, by=by)


def _check_open(proposal: Proposal) -> None:
    if not proposal.is_open:
        raise Refused(f"Over dit voorstel is al besloten: {proposal.get_state_display().lower()}.")
    _check_phase(proposal.year_slice)


def _check_phase(year_slice: YearSlice) -> None:
    if not year_slice.is_draft:
        phase = year_slice.get_phase_display().lower()
        raise Refused(f"{year_slice} is in de fase {phase}. Voorstellen horen bij de fasen bod en concept.")
