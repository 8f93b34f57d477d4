"""The pages of this slice, a file per noun."""

from agreements.progress.views.round import close_round, open_round, rounds
from agreements.progress.views.update import submit_progress

__all__ = ["close_round", "open_round", "rounds", "submit_progress"]
