"""The pages of this slice, a file per noun."""

from agreements.signing.views.answer import add_afterword, decline, sign
from agreements.signing.views.certificate import add_certificate, remove_certificate
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
    "decline",
    "download_document",
    "download_signed",
    "end_round",
    "open_round",
    "remove_certificate",
    "retry_round",
    "sign",
    "signing_round",
]
