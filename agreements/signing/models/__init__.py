"""The tables of this slice, a file per noun."""

from agreements.signing.models.round import SigningRound
from agreements.signing.models.seat import Revision, Seat

__all__ = ["Revision", "Seat", "SigningRound"]
