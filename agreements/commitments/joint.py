"""How a joint commitment stands: nothing is averaged, the part that stands worst decides (ADR 8)."""

from collections.abc import Iterable

from agreements.commitments.models import Status

WORST_FIRST = (
    Status.MISSED,
    Status.BEHIND,
    Status.AT_RISK,
    Status.NO_DATA,
    Status.NOT_STARTED,
    Status.ON_TRACK,
    Status.ACHIEVED,
)


def worst_of(statuses: Iterable[str]) -> str:
    """The worst of these statuses; "no_data" of none at all. What was withdrawn has no say."""
    found = set(statuses)
    return next((status for status in WORST_FIRST if status in found), Status.NO_DATA)
