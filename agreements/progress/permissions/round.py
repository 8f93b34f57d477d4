"""Who may open, close and reopen rounds."""

from typing import Any

from agreements.access.refusals import Refused
from agreements.parties.queries import standing_of
from agreements.progress.models import ReportingRound


def open_round(*, by: Any) -> None:
    """The municipality asks for the figures."""
    if not standing_of(by).is_coordinator:
        raise Refused("Alleen coördinatoren van de gemeente openen en sluiten rondes.")


def close_round(round_: ReportingRound, *, by: Any) -> None:
    """A coordinator closes a round that is still open."""
    open_round(by=by)
    if round_.closed_on:
        raise Refused(f"De ronde {round_.name.lower()} is al gesloten.")


def reopen_round(round_: ReportingRound, *, by: Any) -> None:
    """A coordinator opens a closed round again, as long as the year is not closed."""
    open_round(by=by)
    if not round_.closed_on:
        raise Refused(f"De ronde {round_.name.lower()} is niet gesloten.")
    if round_.year_slice.phase == round_.year_slice.Phase.CLOSED:
        raise Refused(f"{round_.year_slice} is afgesloten. Er komt niets meer bij.")
