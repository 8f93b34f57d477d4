"""What the pages of a report say, made from a frozen snapshot: words, groups and counts. No database."""

from agreements.reports.content.pages import WORRYING, grouped_changes, pages, summary

__all__ = ["WORRYING", "grouped_changes", "pages", "summary"]
