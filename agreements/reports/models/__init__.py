"""The tables of this slice, a file per noun."""

from agreements.reports.models.comment import ReportComment
from agreements.reports.models.report import NUMBER_PREFIX, Report

__all__ = ["NUMBER_PREFIX", "Report", "ReportComment"]
