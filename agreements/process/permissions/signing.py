"""Who may close the signing of a jaarschijf, and so adopt it."""

from typing import Any

from agreements.process.permissions.road import lead_road
from agreements.signing import permissions as signing
from agreements.signing.models import SigningRound


def close_signing(round_: SigningRound, *, by: Any) -> None:
    """A coordinator, when all have answered or after the last day."""
    lead_road(by=by)
    signing.close_round(round_, by=by)
