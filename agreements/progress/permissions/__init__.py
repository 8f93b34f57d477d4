"""Who may do what in this slice, a file per noun."""

from agreements.progress.permissions.round import close_round, open_round
from agreements.progress.permissions.update import submit_progress

__all__ = ["close_round", "open_round", "submit_progress"]
