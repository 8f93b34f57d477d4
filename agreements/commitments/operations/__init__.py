"""Writing commitments, amendments and indicators, a file per noun."""

from agreements.commitments.operations.amendment import (
    answer_amendment,
    propose_amendment,
    withdraw_amendment,
)
from agreements.commitments.operations.commitment import (
    draft_commitment,
    edit_commitment,
    provenance_for,
    withdraw_commitment,
)
from agreements.commitments.operations.indicator import define_indicator
from agreements.commitments.operations.lineup import copy_commitments, move_commitment
from agreements.commitments.operations.standing import mark_silent, note_standing
from agreements.commitments.operations.values import LABELS, EditConflict, as_data

__all__ = [
    "LABELS",
    "EditConflict",
    "answer_amendment",
    "as_data",
    "copy_commitments",
    "define_indicator",
    "draft_commitment",
    "edit_commitment",
    "mark_silent",
    "move_commitment",
    "note_standing",
    "propose_amendment",
    "provenance_for",
    "withdraw_amendment",
    "withdraw_commitment",
]
