"""The pages of this slice, a file per noun."""

from agreements.workspace.views.desk import (
    add_note,
    desk,
    meeting_list,
    remove_note,
    revoke_link,
    share_desk,
    shared_desk,
)
from agreements.workspace.views.feed import calendar_feed, read_feed
from agreements.workspace.views.tasks import oversee, tasks

__all__ = [
    "add_note",
    "calendar_feed",
    "desk",
    "meeting_list",
    "oversee",
    "read_feed",
    "remove_note",
    "revoke_link",
    "share_desk",
    "shared_desk",
    "tasks",
]
