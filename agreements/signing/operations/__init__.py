"""Writing rounds and answers, a file per noun."""

from agreements.signing.operations.answer import add_afterword, decline, sign
from agreements.signing.operations.closing import close_round
from agreements.signing.operations.round import (
    end_round,
    held_round,
    open_round,
    render_document,
    retry_round,
)

__all__ = [
    "add_afterword",
    "close_round",
    "decline",
    "end_round",
    "held_round",
    "open_round",
    "render_document",
    "retry_round",
    "sign",
]
