"""Writing commitments and indicators, a file per noun."""

from agreements.commitments.operations.commitment import (
    LABELS,
    EditConflict,
    as_data,
    draft_commitment,
    edit_commitment,
    mark_silent,
    note_standing,
    search_text,
    withdraw_commitment,
)
from agreements.commitments.operations.indicator import define_indicator
from agreements.commitments.operations.lineup import copy_commitments, move_commitment

__all__ = [
    "LABELS",
    "EditConflict",
    "as_data",
    "copy_commitments",
    "define_indicator",
    "draft_commitment",
    "edit_commitment",
    "mark_silent",
    "move_commitment",
    "note_standing",
    "search_text",
    "withdraw_commitment",
]
