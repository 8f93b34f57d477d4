"""How a commitment stands: kept on the row, so that lists need no updates."""

from datetime import date
from decimal import Decimal

from agreements.commitments.joint import together
from agreements.commitments.models import Commitment, Status


def note_standing(
    commitment: Commitment, *, status: str, value: Decimal | None, as_of: date, on: date
) -> None:
    """Keep what the newest update claims on the commitment itself; called by the slice that has the update."""
    Commitment.objects.filter(pk=commitment.pk).update(
        status=status, value=value, as_of=as_of, reported_on=on
    )
    commitment.status, commitment.value, commitment.as_of, commitment.reported_on = status, value, as_of, on
    settle_joint(commitment.part_of_id)


def mark_silent(commitment: Commitment) -> None:
    """Nothing came in the round that just closed: "Geen gegevens", with the older figure and its date kept."""
    Commitment.objects.filter(pk=commitment.pk).update(status=Status.NO_DATA)
    settle_joint(commitment.part_of_id)


def settle_joint(pk: int | None) -> None:
    """Let the standing of a joint commitment follow from its parts; nothing for None.

    It is locked first: of two parties that report at the same moment the second counts what the first gave.
    """
    if pk is None:
        return
    joint = Commitment.objects.select_for_update().get(pk=pk)
    if joint.withdrawn_on:
        return
    found = together(joint.living_parts())
    joint.status, joint.value = found.status, found.total
    joint.as_of, joint.reported_on = found.as_of, found.reported_on
    joint.save(update_fields=["status", "value", "as_of", "reported_on"])
