"""Django looks here for the tables; they live in the slices. Nothing else imports this module."""

from agreements.accounts.models import User
from agreements.agenda.models import AgendaItem, Fate
from agreements.agreement.models import Agreement, Signatory, Theme, YearSlice
from agreements.commitments.models import (
    AmendedPart,
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
from agreements.notifications.models import Bookmark, Mail, Notification, Preference
from agreements.parties.models import Mandate, Membership, Party
from agreements.process.models import Comment, PhaseDeadline, ProcessStep, Proposal
from agreements.progress.models import (
    Assessment,
    AssessmentAnswer,
    Draft,
    EvidenceLink,
    Measurement,
    ProgressUpdate,
    Reminder,
    ReportingRound,
    Return,
)
from agreements.reports.models import EarlierFile, Report, ReportComment
from agreements.signing.models import (
    Afterword,
    OutsideSignature,
    OwnCertificate,
    Revision,
    Seat,
    SigningReminder,
    SigningRound,
)
from agreements.stock.models import OtherCount, StockFloor, StockStatement
from agreements.workspace.models import CalendarFeed, Note, ShareLink

__all__ = [
    "Afterword",
    "AgendaItem",
    "Agreement",
    "AmendedPart",
    "Amendment",
    "AmendmentAnswer",
    "Bookmark",
    "CalendarFeed",
    "Assessment",
    "AssessmentAnswer",
    "ChainHead",
    "Comment",
    "Commitment",
    "Contribution",
    "Draft",
    "EarlierFile",
    "Event",
    "Evidence",
    "EvidenceLink",
    "Fate",
    "Indicator",
    "Mail",
    "Mandate",
    "Measurement",
    "Membership",
    "OtherCount",
    "OutsideSignature",
    "OwnCertificate",
    "Notification",
    "Note",
    "Party",
    "PhaseDeadline",
    "PlannedValue",
    "Preference",
    "ProcessStep",
    "ProgressUpdate",
    "Proposal",
    "Reminder",
    "Report",
    "ReportComment",
    "ReportingRound",
    "Revision",
    "Seat",
    "ShareLink",
    "Return",
    "Signatory",
    "SigningReminder",
    "SigningRound",
    "Source",
    "StockFloor",
    "StockStatement",
    "Target",
    "Theme",
    "User",
    "YearSlice",
]
