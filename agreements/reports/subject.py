"""What a report is about."""

from dataclasses import dataclass

from agreements.agreement.models import YearSlice
from agreements.commitments.models import Commitment
from agreements.parties.models import Party
from agreements.progress.models import ReportingRound
from agreements.reports.models import Report

Kind = Report.Kind


@dataclass(frozen=True)
class Subject:
    """What a report is about. Every kind has a round, but for the agreement as signed: that has a jaarschijf."""

    round: ReportingRound | None = None
    kind: str = Kind.PROGRESS
    year_slice: YearSlice | None = None
    commitment: Commitment | None = None
    party: Party | None = None

    @property
    def year(self) -> YearSlice:
        """The jaarschijf."""
        if self.year_slice is None:
            assert self.round is not None
            return self.round.year_slice
        return self.year_slice

    @property
    def title(self) -> str:
        """What stands on the cover below the name of the agreement."""
        round_ = self.round.name.lower() if self.round else ""
        return {
            Kind.PROGRESS: f"Voortgang tot en met het {round_}",
            Kind.COUNCIL: f"Samenvatting tot en met het {round_}",
            Kind.YEAR: f"Jaarverslag {self.year.year}",
            Kind.AGREEMENT: f"De afspraken van {self.year.year} zoals getekend",
            Kind.COMMITMENT: f"Afspraak {self.commitment}",
            Kind.PARTY: f"Wat {self.party} doet en mag verwachten, tot en met het {round_}",
        }[Kind(self.kind)]
