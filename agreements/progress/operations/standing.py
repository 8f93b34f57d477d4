"""How a commitment stands after all rounds together: kept on the commitment, so that lists need no updates."""

from agreements.commitments.models import Commitment
from agreements.commitments.operations import mark_silent, note_standing
from agreements.progress.models import FINAL, ProgressUpdate
from agreements.progress.queries import rounds_of, standing_update


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


def _is_silent_since(commitment: Commitment, update: ProgressUpdate | None) -> bool:
    if update is None:
        return True
    later = [r for r in rounds_of(commitment) if r.closed_on and r.as_of > update.round.as_of]
    return bool(later) and update.status not in FINAL
