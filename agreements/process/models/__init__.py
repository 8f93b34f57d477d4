"""The tables of this slice, a file per noun."""

from agreements.process.models.comment import Comment, speaker
from agreements.process.models.proposal import Proposal
from agreements.process.models.road import PhaseDeadline, ProcessStep

__all__ = ["Comment", "PhaseDeadline", "ProcessStep", "Proposal", "speaker"]
