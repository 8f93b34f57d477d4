"""The tables of this slice, a file per noun."""

from agreements.workspace.models.desk import Note, ShareLink
from agreements.workspace.models.feed import CalendarFeed

__all__ = ["CalendarFeed", "Note", "ShareLink"]
