"""Reading rounds."""

from datetime import date, timedelta

from django.db import models

from agreements.access.refusals import Refused
from agreements.commitments.models import Commitment
from agreements.history.models import Event
from agreements.progress.models import ReportingRound


def rounds() -> models.QuerySet[ReportingRound]:
    """All reporting rounds, oldest first."""
    return ReportingRound.objects.select_related("year_slice")


def code_of(as_of: date) -> str:
    """The code of a round: "2017-K3" for the end of a quarter, else the day: "2017-11-15"."""
    is_quarter = (as_of + timedelta(days=1)).day == 1 and as_of.month % 3 == 0
    return f"{as_of.year}-K{as_of.month // 3}" if is_quarter else as_of.isoformat()


def open_round(year: int, day: date) -> ReportingRound | None:
    """The round of this year in which parties report on this day; the newest if there are more."""
    running = ReportingRound.objects.open_on(day).filter(year_slice__year=year)
    return running.select_related("year_slice").last()


def round_to_report_in(
    commitment: Commitment, day: date, *, code: str = "", is_sent: bool = False
) -> ReportingRound:
    """The open round of the commitment's year, the one with this code when given; Refused when there is none.

    For a form that was sent (`is_sent`) a round that closed meanwhile is found too: the operation refuses it, and
    the text comes back.
    """
    named = rounds().filter(code=code, year_slice=commitment.year_slice, opened_on__lte=day).first()
    if named and (is_sent or named.is_open_on(day)):
        return named
    found = open_round(commitment.year_slice.year, day)
    if found is None:
        raise Refused(
            "Er is nu geen rapportageronde open. De gemeente laat weten wanneer de volgende begint."
        )
    return found


NOTED = ("progress.round_reopened", "progress.window_moved")


def notes_on(found: list[ReportingRound]) -> dict[int, list[Event]]:
    """{round: [when and why it was opened again, or its last day to judge moved]}, in one query."""
    events = Event.objects.filter(
        subject_kind="reportinground", subject_id__in=[r.pk for r in found], verb__in=NOTED
    )
    by_round: dict[int, list[Event]] = {}
    for event in events.order_by("number"):
        by_round.setdefault(event.subject_id, []).append(event)
    return by_round
