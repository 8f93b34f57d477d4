"""Reading rounds and progress, a file per noun."""

from agreements.progress.queries.draft import sent_back, to_approve
from agreements.progress.queries.draft import visible_to as visible_drafts
from agreements.progress.queries.returned import open_returns, returns
from agreements.progress.queries.round import (
    code_of,
    open_round,
    reopenings,
    round_to_report_in,
    rounds,
)
from agreements.progress.queries.share import Share, how_far
from agreements.progress.queries.sheet import Asked, asked_of, reporting_parties, reporting_party, sheet_of
from agreements.progress.queries.standing import progress_of
from agreements.progress.queries.update import (
    RoundOfCommitment,
    asked,
    course_of,
    late_now,
    newest_per_round,
    newest_update,
    readable_updates,
    rounds_of,
    standing_update,
    to_report,
    unreported,
    updates_of,
)

__all__ = [
    "Asked",
    "RoundOfCommitment",
    "Share",
    "asked",
    "asked_of",
    "code_of",
    "course_of",
    "how_far",
    "late_now",
    "newest_per_round",
    "newest_update",
    "open_returns",
    "open_round",
    "progress_of",
    "readable_updates",
    "reopenings",
    "reporting_parties",
    "reporting_party",
    "returns",
    "round_to_report_in",
    "rounds",
    "rounds_of",
    "sent_back",
    "sheet_of",
    "standing_update",
    "to_approve",
    "to_report",
    "unreported",
    "updates_of",
    "visible_drafts",
]
