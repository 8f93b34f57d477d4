"""Writing rounds and progress, a file per noun."""

from agreements.progress.operations.round import close_round, open_round
from agreements.progress.operations.update import submit_progress

__all__ = ["close_round", "open_round", "submit_progress"]
