"""The readings of a figure side by side: what the executing party claims, and what each other party says (rule 4)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from agreements.commitments.models import Commitment
from agreements.commitments.queries import concerned_in
from agreements.history.models import Provenance
from agreements.parties.models import Party
from agreements.parties.queries import standing_of
from agreements.progress.models import Assessment, ProgressUpdate, last_day_to_assess
from agreements.progress.queries.assessment import assessments
from agreements.progress.queries.update import newest_per_round
from agreements.web.dates import today


@dataclass(frozen=True)
class Reading:
    """What one party says of the newest figure: `given` newest first, empty when it is silent."""

    party: Party
    update: ProgressUpdate
    given: list[Assessment]

    @property
    def newest(self) -> Assessment | None:
        """The judgement that stands; None is silence."""
        return self.given[0] if self.given else None

    @property
    def earlier(self) -> list[Assessment]:
        """The judgements it replaced, newest first."""
        return self.given[1:]


@dataclass(frozen=True)
class Readings:
    """One figure, what the others say of it, and until when they may. `is_private`: this visitor may not read it yet."""

    update: ProgressUpdate
    readings: list[Reading]
    last_day: date
    is_private: bool

    @property
    def is_open(self) -> bool:
        """Whether parties may still judge it."""
        return today() <= self.last_day

    @property
    def is_disputed(self) -> bool:
        """Whether one of the parties does not agree: "verschil van inzicht"."""
        disagreed = Assessment.Verdict.DISAGREED
        return any(r.newest and r.newest.verdict == disagreed for r in self.readings)

    @property
    def spoken(self) -> list[Reading]:
        """The parties that said something."""
        return [reading for reading in self.readings if reading.given]

    @property
    def silent(self) -> list[Reading]:
        """The parties that said nothing."""
        return [reading for reading in self.readings if not reading.given]


def readings_of(commitment: Commitment, updates: list[ProgressUpdate], user: Any) -> list[Readings]:
    """Of every round in which something was reported the readings, the newest round first."""
    if not updates:
        return []
    concerned = concerned_in([commitment])[commitment.pk]
    found = assessments(user).filter(update__commitment=commitment)
    related = ("update__round", "update__measurement__indicator", "party", "given_by", "answer__given_by")
    given = list(found.select_related(*related).order_by("-pk"))
    own = standing_of(user).parties
    is_concerned = not own.isdisjoint(party.pk for party in concerned)
    rounds = newest_per_round(updates)[::-1]
    return [_readings(commitment, update, concerned, given, is_concerned) for update in rounds]


def silence_counts(party: Party, commitment: Commitment) -> bool:
    """Whether saying nothing means something: in an example nobody asked a real organisation anything (rule 11)."""
    return not (commitment.is_example and party.provenance == Provenance.SOURCED)


def _readings(
    commitment: Commitment,
    update: ProgressUpdate,
    concerned: list[Party],
    given: list[Assessment],
    is_concerned: bool,
) -> Readings:
    of_round = [assessment for assessment in given if assessment.update.round_id == update.round_id]
    by_party: dict[Party, list[Assessment]] = {
        party: [] for party in concerned if party.pk != update.party_id and silence_counts(party, commitment)
    }
    for assessment in of_round:
        by_party.setdefault(assessment.party, []).append(assessment)
    last_day = last_day_to_assess(update)
    is_private = today() <= last_day and not is_concerned
    readings = [Reading(party, update, rows) for party, rows in by_party.items() if rows or not is_private]
    return Readings(update, readings, last_day, is_private)
