"""Who may open, close and reopen rounds."""

from typing import Any

from agreements.access.refusals import Refused
from agreements.parties.queries import standing_of
from agreements.progress.models import ReportingRound
from agreements.web.dates import today
from agreements.web.formats import dutch_date


def open_round(*, by: Any) -> None:
    """The municipality asks for the figures."""
    if not standing_of(by).is_coordinator:
        raise Refused("Alleen coördinatoren van de gemeente mogen rondes openen en sluiten.")


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


def remind_parties(round_: ReportingRound, *, by: Any) -> None:
    """A coordinator, in a round in which parties can still answer."""
    open_round(by=by)
    if not round_.is_open_on(today()):
        raise Refused(
            f"De ronde {round_.name.lower()} is niet open. Herinneren kan alleen in een open ronde."
        )


def move_window(round_: ReportingRound, *, by: Any) -> None:
    """A coordinator, until the last day to judge: what parties found after that is public, and stays so."""
    open_round(by=by)
    if round_.assess_by < today():
        raise Refused(
            f"Oordelen over {round_.name.lower()} kon tot en met {dutch_date(round_.assess_by)}. "
            "Wat de partijen vonden, is nu openbaar. Deze dag verandert niet meer."
        )
