"""The pages of this slice, a file per noun."""

from agreements.signing.views.answer import add_afterword, decline, delegate, sign
from agreements.signing.views.certificate import add_certificate, remove_certificate
from agreements.signing.views.outside import confirm_outside, note_decline, note_outside, reject_outside
from agreements.signing.views.round import (
    download_document,
    download_signed,
    end_round,
    open_round,
    retry_round,
    signing_round,
)

__all__ = [
    "add_afterword",
    "add_certificate",
    "confirm_outside",
    "decline",
    "delegate",
    "download_document",
    "download_signed",
    "end_round",
    "note_decline",
    "note_outside",
    "open_round",
    "reject_outside",
    "remove_certificate",
    "retry_round",
    "sign",
    "signing_round",
]
