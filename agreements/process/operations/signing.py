"""Adopting a jaarschijf: only by closing its signing. A coordinator asks for it, the worker does it."""

from datetime import date
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django_tasks import task

from agreements.accounts.models import User
from agreements.agreement.models import YearSlice
from agreements.agreement.operations import hold_phase, note_signed
from agreements.pdf.keys import SealUnavailable
from agreements.process import permissions
from agreements.process.operations.road import check_conditions, take_step
from agreements.process.phases import SIGNING_IS_CLOSED
from agreements.signing.models import Seat, SigningRound
from agreements.signing.operations import (
    Ending,
    claim_closing,
    close_round,
    finish_round,
    postpone_closing,
    prepare_ending,
)

UNKNOWN = "Er ging iets mis dat het portaal niet kent. De beheerder vindt het in het logboek."
log = structlog.get_logger("agreements.process")


@transaction.atomic
def close_signing(round_: SigningRound, *, by: User, on: date) -> SigningRound:
    """End the answering, and let the worker finish the document and adopt the jaarschijf.

    ValidationError with what is missing when another condition of that step is not met.
    """
    current = hold_phase(round_.year_slice)
    permissions.close_signing(round_, by=by)
    check_conditions(current, YearSlice.Phase.ADOPTED, besides=SIGNING_IS_CLOSED)
    closing = close_round(round_, by=by, on=on)
    finish_signing.enqueue(closing.pk)
    return closing


def finish_waiting() -> None:
    """Try again what did not work before, or what a worker left when it died. Nothing is ever given up."""
    while found := claim_closing():
        finish_signing.enqueue(found.pk)


@task()
def finish_signing(round_id: int) -> None:
    """Finish the document and adopt the jaarschijf, in the worker. Doing it twice is harmless.

    What goes wrong is noted for the municipality, and tried again by `finish_waiting`.
    """
    round_ = SigningRound.objects.select_related("year_slice__agreement").get(pk=round_id)
    if round_.state != SigningRound.State.CLOSING:
        return
    try:
        _adopt(prepare_ending(round_))
    except SealUnavailable as error:
        postpone_closing(round_, error.reason)
    except ValidationError as error:
        postpone_closing(round_, " ".join(error.messages))
    except Exception:
        log.exception("closing_failed", round=round_id)
        postpone_closing(round_, UNKNOWN)


@transaction.atomic
def _adopt(ending: Ending) -> None:
    """The document is finished and the jaarschijf adopted, both or neither."""
    current = hold_phase(ending.round.year_slice)
    closed = finish_round(ending)
    if closed and closed.over_on and closed.over_by:
        if closed.is_whole:
            answers = {seat.party: _answer(seat) for seat in ending.seats}
            note_signed(current.agreement, answers, by=closed.over_by, on=closed.over_on)
        take_step(current, YearSlice.Phase.ADOPTED, by=closed.over_by, on=closed.over_on)


def _answer(seat: Seat) -> dict[str, Any]:
    """As the agreement keeps it."""
    return {
        "outcome": seat.outcome,
        "answered_on": seat.answered_on,
        "mandate": seat.mandate,
        "statement": seat.reason if seat.outcome == Seat.Outcome.DECLINED else "",
        "provenance": seat.party.provenance,
    }
