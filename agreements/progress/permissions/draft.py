"""Who may fill in an answer for a party, before it counts."""

from typing import Any

from agreements.access.refusals import Refused
from agreements.commitments.models import Commitment
from agreements.parties.models import Party, Role
from agreements.parties.queries import standing_of
from agreements.progress.models import ReportingRound
from agreements.web.dates import today
from agreements.web.formats import dutch_date

REPORTERS = (Role.REPORTER, Role.SIGNATORY, Role.COORDINATOR)


def save_draft(commitment: Commitment, *, by: Any) -> None:
    """Only the executing party reports, on adopted text (rules 3 and 4); of a joint commitment each party its part."""
    if commitment.is_joint:
        raise Refused("Deze afspraak is verdeeld over partijen. Elke partij geeft haar eigen deel door.")
    if not standing_of(by).has(*REPORTERS, party=commitment.lead):
        raise Refused(_who_reports(commitment, by=by))
    if not commitment.year_slice.is_adopted:
        raise Refused(f"{commitment.year_slice} is nog niet vastgesteld. Voortgang doorgeven kan daarna.")
    if commitment.withdrawn_on:
        raise Refused("Deze afspraak is ingetrokken. U hoeft er niets meer voor door te geven.")


def fill_sheet(party: Party, *, by: Any) -> None:
    """The same people, for all commitments of their party at once."""
    if not standing_of(by).has(*REPORTERS, party=party):
        raise Refused(f"Alleen {party.name} mag deze opgave invullen.")


def open_sheet(round_: ReportingRound) -> None:
    """A sheet is shown while the round runs; the reason says what to do otherwise."""
    if round_.opened_on > today():
        raise Refused(f"De ronde {round_.name.lower()} begint op {dutch_date(round_.opened_on)}.")
    if not round_.is_open_on(today()):
        raise Refused(
            f"De ronde {round_.name.lower()} is gesloten. Wilt u nog iets verbeteren? "
            "Vraag de gemeente om de ronde weer te openen."
        )


def _who_reports(commitment: Commitment, *, by: Any) -> str:
    if commitment.lead_id in standing_of(by).parties:
        return (
            f"Binnen {commitment.lead.name} geven alleen de invuller en de ondertekenaar de voortgang door."
        )
    return f"Alleen {commitment.lead.name} mag de voortgang van deze afspraak doorgeven."
