"""Reports in the browser, a file per noun."""

from agreements.reports.views.check import check_report
from agreements.reports.views.comparison import compare_reports
from agreements.reports.views.data import DATA, download_data, feed, schema
from agreements.reports.views.draft import comment_on_report, share_report
from agreements.reports.views.publication import (
    correct_report,
    download_report,
    publish_report,
    withdraw_report,
)
from agreements.reports.views.report import cancel_report, create_report, report, reports, retry_report
from agreements.reports.views.signature import ask_signature, drop_signature, sign_report

__all__ = [
    "DATA",
    "ask_signature",
    "cancel_report",
    "check_report",
    "comment_on_report",
    "compare_reports",
    "correct_report",
    "download_data",
    "create_report",
    "download_report",
    "drop_signature",
    "feed",
    "publish_report",
    "report",
    "reports",
    "retry_report",
    "schema",
    "share_report",
    "sign_report",
    "withdraw_report",
]
