"""Reports in the browser, a file per noun."""

from agreements.reports.views.check import check_report
from agreements.reports.views.draft import comment_on_report, share_report
from agreements.reports.views.publication import (
    correct_report,
    download_report,
    publish_report,
    withdraw_report,
)
from agreements.reports.views.report import cancel_report, create_report, report, reports, retry_report

__all__ = [
    "cancel_report",
    "check_report",
    "comment_on_report",
    "correct_report",
    "create_report",
    "download_report",
    "publish_report",
    "report",
    "reports",
    "retry_report",
    "share_report",
    "withdraw_report",
]
