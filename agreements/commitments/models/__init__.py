"""The tables of this slice, a file per noun."""

from agreements.commitments.models.amendment import Amendment, AmendmentAnswer
from agreements.commitments.models.commitment import (
    MEANINGS,
    Commitment,
    CommitmentQuerySet,
    Contribution,
    Indicator,
    PlannedValue,
    Status,
    Target,
    by_party,
)

__all__ = [
    "MEANINGS",
    "Amendment",
    "AmendmentAnswer",
    "Commitment",
    "CommitmentQuerySet",
    "Contribution",
    "Indicator",
    "PlannedValue",
    "Status",
    "Target",
    "by_party",
]
