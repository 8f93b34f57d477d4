"""Writing reports, a file per noun."""

from agreements.reports.operations.draft import comment_on_report, share_report
from agreements.reports.operations.publication import correct_report, publish_report, withdraw_report
from agreements.reports.operations.renewal import renew_report, renew_reports
from agreements.reports.operations.report import (
    cancel_report,
    create_report,
    note_progress,
    render_report,
    retry_report,
)
from agreements.reports.operations.signature import ask_signature, drop_signature, sign_report

__all__ = [
    "ask_signature",
    "cancel_report",
    "comment_on_report",
    "correct_report",
    "create_report",
    "drop_signature",
    "note_progress",
    "publish_report",
    "render_report",
    "renew_report",
    "renew_reports",
    "retry_report",
    "share_report",
    "sign_report",
    "withdraw_report",
]
