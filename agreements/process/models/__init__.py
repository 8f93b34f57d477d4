"""The tables of this slice, a file per noun."""

from agreements.process.models.road import PhaseDeadline, ProcessStep

__all__ = ["PhaseDeadline", "ProcessStep"]
