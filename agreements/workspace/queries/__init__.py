"""Reading what somebody has to do, a file per noun."""

from agreements.workspace.queries.counter import remember_count, remembered_count
from agreements.workspace.queries.desk import notes, notes_of, share_links, working_link
from agreements.workspace.queries.feed import digest_of, feed_of, owner_of
from agreements.workspace.queries.oversight import decisions, owed
from agreements.workspace.queries.progress import sheets_of
from agreements.workspace.queries.task import Task
from agreements.workspace.queries.tasks import (
    count_tasks,
    newest_updates,
    own_commitments,
    tasks_of,
)

__all__ = [
    "Task",
    "count_tasks",
    "decisions",
    "digest_of",
    "feed_of",
    "newest_updates",
    "notes",
    "notes_of",
    "owed",
    "own_commitments",
    "owner_of",
    "remember_count",
    "remembered_count",
    "share_links",
    "sheets_of",
    "tasks_of",
    "working_link",
]
