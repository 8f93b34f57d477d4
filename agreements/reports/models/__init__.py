"""The tables of this slice, a file per noun."""

from agreements.reports.models.comment import ReportComment
from agreements.reports.models.file import EarlierFile
from agreements.reports.models.report import NUMBER_PREFIX, Report

__all__ = ["NUMBER_PREFIX", "EarlierFile", "Report", "ReportComment"]
