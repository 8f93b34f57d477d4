"""Who may ask something about an update, and who answers."""

from typing import Any

from agreements.access.refusals import Refused
from agreements.parties.queries import standing_of
from agreements.progress.models import ProgressUpdate, Return
from agreements.progress.permissions.draft import REPORTERS
from agreements.web.dates import today


def return_progress(update: ProgressUpdate, *, by: Any) -> None:
    """A coordinator of the municipality, about another party's newest update, while the round is open."""
    if not standing_of(by).is_coordinator:
        raise Refused("Alleen coördinatoren van de gemeente mogen een antwoord terugvragen.")
    if update.party_id in standing_of(by).parties:
        raise Refused("Dit antwoord is van uw eigen organisatie. U kunt het zelf verbeteren.")
    if not update.round.is_open_on(today()):
        raise Refused(
            f"De ronde {update.round.name.lower()} is gesloten. Terugvragen kan alleen in een open ronde."
        )
    if update.commitment.updates.filter(round=update.round, number__gt=update.number).exists():
        raise Refused("Dit antwoord is later verbeterd. Stel uw vraag bij het nieuwste antwoord.")
    if update.returns.filter(answered_on__isnull=True).exists():
        raise Refused("Over dit antwoord staat al een vraag open. Wacht op het antwoord.")


def answer_return(returned: Return, *, by: Any) -> None:
    """Whoever fills in for the party that reported; once."""
    if not standing_of(by).has(*REPORTERS, party=returned.update.party):
        raise Refused(f"Alleen {returned.update.party.name} mag deze vraag beantwoorden.")
    if returned.answered_on:
        raise Refused("Deze vraag is al beantwoord.")
