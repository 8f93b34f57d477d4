"""Django looks here for the tables; they live in the slices. Nothing else imports this module."""

from agreements.accounts.models import User
from agreements.agenda.models import AgendaItem, Fate
from agreements.agreement.models import Agreement, Signatory, Theme, YearSlice
from agreements.commitments.models import (
    Amendment,
    AmendmentAnswer,
    Commitment,
    Contribution,
    Indicator,
    PlannedValue,
    Target,
)
from agreements.documents.models import Evidence
from agreements.history.models import ChainHead, Event, Source
from agreements.parties.models import Mandate, Membership, Party
from agreements.process.models import PhaseDeadline, ProcessStep
from agreements.progress.models import (
    Draft,
    EvidenceLink,
    Measurement,
    ProgressUpdate,
    ReportingRound,
    Return,
)
from agreements.reports.models import Report

__all__ = [
    "AgendaItem",
    "Agreement",
    "Amendment",
    "AmendmentAnswer",
    "ChainHead",
    "Commitment",
    "Contribution",
    "Draft",
    "Event",
    "Evidence",
    "EvidenceLink",
    "Fate",
    "Indicator",
    "Mandate",
    "Measurement",
    "Membership",
    "Party",
    "PhaseDeadline",
    "PlannedValue",
    "ProcessStep",
    "ProgressUpdate",
    "Report",
    "ReportingRound",
    "Return",
    "Signatory",
    "Source",
    "Target",
    "Theme",
    "User",
    "YearSlice",
]
