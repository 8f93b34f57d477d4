"""Writing rounds and answers, a file per noun."""

from agreements.signing.operations.answer import add_afterword, decline, sign
from agreements.signing.operations.certificate import add_certificate, remove_certificate, warn_of_ends
from agreements.signing.operations.closing import (
    Ending,
    claim_closing,
    close_round,
    finish_round,
    postpone_closing,
    prepare_ending,
)
from agreements.signing.operations.delegation import delegate
from agreements.signing.operations.outside import (
    confirm_outside,
    note_decline,
    note_outside,
    reject_outside,
)
from agreements.signing.operations.reminder import remind_parties
from agreements.signing.operations.renewal import renew_round, renew_rounds
from agreements.signing.operations.round import (
    end_round,
    held_round,
    open_round,
    render_document,
    retry_round,
)

__all__ = [
    "Ending",
    "add_afterword",
    "add_certificate",
    "claim_closing",
    "close_round",
    "confirm_outside",
    "decline",
    "delegate",
    "end_round",
    "finish_round",
    "held_round",
    "note_decline",
    "note_outside",
    "open_round",
    "postpone_closing",
    "prepare_ending",
    "reject_outside",
    "remind_parties",
    "remove_certificate",
    "render_document",
    "renew_round",
    "renew_rounds",
    "retry_round",
    "sign",
    "warn_of_ends",
]
