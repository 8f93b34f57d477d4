"""How a commitment stands after all rounds together: kept on the commitment, so that lists need no updates."""

from agreements.commitments.models import Commitment
from agreements.commitments.operations import mark_silent, note_standing
from agreements.progress.models import FINAL, ProgressUpdate
from agreements.progress.queries import rounds_of, standing_update, together


def settle_standing(commitment: Commitment) -> None:
    """Say what the last update in the latest round says, and "Geen gegevens" when a later round closed in silence.

    An answer in an older round, opened again, so does not overwrite what a later round says.
    """
    update = standing_update(commitment)
    if update:
        figure = update.figure
        note_standing(
            commitment,
            status=update.status,
            value=figure.value if figure else None,
            as_of=figure.as_of if figure else update.round.as_of,
            on=update.submitted_on,
        )
    if _is_silent_since(commitment, update):
        mark_silent(commitment)
    settle_joint(commitment)


def fall_silent(commitment: Commitment) -> None:
    """Nothing came in the round that just closed."""
    mark_silent(commitment)
    settle_joint(commitment)


def settle_joint(part: Commitment) -> None:
    """Let the joint commitment of this part follow its parts; nothing for a commitment that is no part.

    It is locked first: of two parties that report at the same moment the second counts what the first gave.
    """
    if part.part_of_id is None:
        return
    locked = Commitment.objects.select_for_update(of=("self",)).with_everything()
    joint = locked.get(pk=part.part_of_id)
    found = together(joint)
    note_standing(
        joint,
        status=found.status,
        value=found.complete.known if found.complete else None,
        as_of=found.complete.round.as_of if found.complete else None,
        on=found.reported_on,
    )


def _is_silent_since(commitment: Commitment, update: ProgressUpdate | None) -> bool:
    if update is None:
        return True
    later = [r for r in rounds_of(commitment) if r.closed_on and r.as_of > update.round.as_of]
    return bool(later) and update.status not in FINAL
