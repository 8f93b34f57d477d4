"""How a commitment stands: kept on the row, so that lists need no updates."""

from datetime import date
from decimal import Decimal

from agreements.commitments.models import Commitment, Status


def note_standing(
    commitment: Commitment, *, status: str, value: Decimal | None, as_of: date | None, on: date | None
) -> None:
    """Keep what the newest update claims on the commitment itself; called by the slice that has the update."""
    Commitment.objects.filter(pk=commitment.pk).update(
        status=status, value=value, as_of=as_of, reported_on=on
    )
    commitment.status, commitment.value, commitment.as_of, commitment.reported_on = status, value, as_of, on


def mark_silent(commitment: Commitment) -> None:
    """Nothing came in the round that just closed: "Geen gegevens", with the older figure and its date kept."""
    Commitment.objects.filter(pk=commitment.pk).update(status=Status.NO_DATA)
