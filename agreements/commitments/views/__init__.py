"""The pages of this slice, a file per noun."""

from agreements.commitments.views.amendment import (
    answer_amendment,
    compare_versions,
    propose_amendment,
    withdraw_amendment,
)
from agreements.commitments.views.commitment import (
    copy_commitments,
    draft_commitment,
    edit_commitment,
    move_commitment,
    withdraw_commitment,
)
from agreements.commitments.views.indicator import define_indicator, indicators

__all__ = [
    "answer_amendment",
    "compare_versions",
    "copy_commitments",
    "define_indicator",
    "draft_commitment",
    "edit_commitment",
    "indicators",
    "move_commitment",
    "propose_amendment",
    "withdraw_amendment",
    "withdraw_commitment",
]
