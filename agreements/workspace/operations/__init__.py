"""Writing what people keep for themselves, a file per noun."""

from agreements.workspace.operations.desk import (
    add_note,
    count_view,
    hash_of,
    remove_note,
    revoke_link,
    secret_of,
    share_desk,
)
from agreements.workspace.operations.feed import renew_feed, revoke_feed

__all__ = [
    "add_note",
    "count_view",
    "hash_of",
    "remove_note",
    "renew_feed",
    "revoke_feed",
    "revoke_link",
    "secret_of",
    "share_desk",
]
