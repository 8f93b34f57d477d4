"""Reading rounds and progress, a file per noun."""

from agreements.progress.queries.reminder import (
    owing,
    people_to_remind,
    reminders_in,
    silent_in,
    step_on,
)
from agreements.progress.queries.round import code_of, open_round, round_to_report_in, rounds
from agreements.progress.queries.update import (
    RoundOfCommitment,
    course_of,
    late_now,
    newest_per_round,
    newest_update,
    rounds_of,
    unreported,
    updates_of,
)

__all__ = [
    "RoundOfCommitment",
    "code_of",
    "course_of",
    "late_now",
    "newest_per_round",
    "newest_update",
    "open_round",
    "owing",
    "people_to_remind",
    "reminders_in",
    "round_to_report_in",
    "rounds",
    "rounds_of",
    "silent_in",
    "step_on",
    "unreported",
    "updates_of",
]
