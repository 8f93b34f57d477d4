"""Who may judge a figure, and who may answer."""

from typing import Any

from agreements.access.refusals import Refused
from agreements.commitments.permissions import DECIDERS, parties_concerned
from agreements.parties.models import Party, Role
from agreements.parties.queries import standing_of
from agreements.progress.models import Assessment, ProgressUpdate, ReportingRound


def assessors(by: Any) -> list[Party]:
    """The parties for which this person judges figures of others."""
    memberships = standing_of(by).memberships
    return list({m.party_id: m.party for m in memberships if m.role in DECIDERS}.values())


def assess_round(round_: ReportingRound, *, by: Any) -> None:
    """Whoever decides for a party looks through the figures of the others."""
    if not assessors(by):
        raise Refused(
            "Alleen een coördinator, ondertekenaar of bestuurslid van een partij mag cijfers van anderen beoordelen."
        )


def assess_progress(update: ProgressUpdate, *, by: Any, party: Party | None = None) -> None:
    """A party concerned judges what another party reported (rule 4)."""
    assessor_for(update, by=by, party=party)


def assessor_for(update: ProgressUpdate, *, by: Any, party: Party | None = None) -> Party:
    """The party concerned for which this person judges this figure; Refused when there is none."""
    standing = standing_of(by)
    own = [
        concerned
        for concerned in parties_concerned(update.commitment)
        if standing.has(*DECIDERS, party=concerned) and party in (None, concerned)
    ]
    for concerned in own:
        if concerned.pk != update.party_id:
            return concerned
    if own:
        raise Refused("Dit cijfer is van uw eigen organisatie. De andere partijen beoordelen het.")
    raise Refused(
        "Alleen een coördinator, ondertekenaar of bestuurslid van een partij die bij deze afspraak betrokken is, "
        "mag dit cijfer beoordelen."
    )


def answer_assessment(assessment: Assessment, *, by: Any) -> None:
    """The executing party answers a dissent once."""
    party = assessment.update.party
    if not standing_of(by).has(Role.REPORTER, Role.SIGNATORY, Role.COORDINATOR, party=party):
        raise Refused(f"Alleen {party.name} mag op dit oordeel antwoorden.")
    if not assessment.is_dissent:
        raise Refused(f"{assessment.party.name} is akkoord. Daar hoort geen antwoord bij.")
