"""The tables of this slice, a file per noun."""

from agreements.signing.models.certificate import WARNINGS, OwnCertificate
from agreements.signing.models.outside import OutsideSignature
from agreements.signing.models.reminder import STEPS, SigningReminder
from agreements.signing.models.round import SigningRound
from agreements.signing.models.seat import Afterword, Revision, Seat

__all__ = [
    "STEPS",
    "WARNINGS",
    "Afterword",
    "OutsideSignature",
    "OwnCertificate",
    "Revision",
    "Seat",
    "SigningReminder",
    "SigningRound",
]
