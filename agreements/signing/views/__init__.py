"""The pages of this slice, a file per noun."""

from agreements.signing.views.answer import add_afterword, decline, sign
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
    "decline",
    "download_document",
    "download_signed",
    "end_round",
    "open_round",
    "retry_round",
    "sign",
    "signing_round",
]
