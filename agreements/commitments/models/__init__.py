"""The tables of this slice, a file per noun."""

from agreements.commitments.models.amendment import AmendedPart, Amendment, AmendmentAnswer
from agreements.commitments.models.commitment import (
    MEANINGS,
    Commitment,
    CommitmentQuerySet,
    Contribution,
    PlannedValue,
    Status,
    Target,
    by_party,
)
from agreements.commitments.models.indicator import Indicator

__all__ = [
    "MEANINGS",
    "AmendedPart",
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
