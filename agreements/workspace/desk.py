"""What changed since the previous round, in plain Dutch, for a tenant organisation and its members.

Reads only adopted commitments and what was reported on them: no drafts, no people.
"""

from dataclasses import dataclass, field
from typing import Any

from agreements.agreement.models import YearSlice
from agreements.commitments.models import Commitment, Indicator, Status
from agreements.commitments.queries import concerning
from agreements.parties.models import Party
from agreements.progress.models import FINAL, Measurement, ProgressUpdate, ReportingRound
from agreements.progress.queries import current_updates, rounds
from agreements.web.dates import today
from agreements.web.formats import HARD_SPACE, dutch_number
from agreements.workspace.models import Note

GROUPS = {
    "changed": "Dit is veranderd",
    "silent": "Hier is nog niets over doorgegeven",
    "same": "Dit is gelijk gebleven",
}


@dataclass(frozen=True)
class Line:
    """One commitment: what was reported `then` (the previous round) and `now` (this one), None when nothing was."""

    commitment: Commitment
    then: ProgressUpdate | None
    now: ProgressUpdate | None
    notes: list[Note] = field(default_factory=list)

    @property
    def group(self) -> str:
        """A key of GROUPS."""
        if self.now is None:
            return "same" if self.then and self.then.status in FINAL else "silent"
        return "changed" if self.then is None or _differs(self.then, self.now) else "same"

    @property
    def sentences(self) -> list[str]:
        """What changed, one idea a sentence."""
        if self.now is None:
            return _of_silence(self.then)
        if self.then is None:
            return [f"Nieuw doorgegeven: {in_words(self.now)}."]
        return [*_of_figure(self.then.figure, self.now.figure), _of_status(self.then.status, self.now.status)]


@dataclass(frozen=True)
class Summary:
    """The lines of one party in one round against the round before; no rounds: nothing was asked yet."""

    party: Party
    round: ReportingRound | None
    previous: ReportingRound | None
    lines: list[Line]

    @property
    def groups(self) -> list[tuple[str, list[Line]]]:
        """[(title, lines)], what changed first; groups without lines are left out."""
        found = [(title, [row for row in self.lines if row.group == key]) for key, title in GROUPS.items()]
        return [(title, lines) for title, lines in found if lines]


def summary(party: Party, *, notes: list[Note] | None = None) -> Summary:
    """What changed in the commitments that concern this party; five queries. `notes` are put beside their commitment."""
    year = today().year
    asked = list(rounds().filter(year_slice__year=year, opened_on__lte=today()).order_by("-as_of")[:2])
    current, previous = (*asked, None, None)[:2]
    found = concerning([party.pk]).carried_out().filter(year_slice__year=year, withdrawn_on__isnull=True)
    found = found.filter(year_slice__phase__in=YearSlice.ADOPTED_PHASES).with_everything().order_by("code")
    reported = _reported(found, asked)
    by_commitment: dict[int, list[Note]] = {}
    for note in notes or []:
        by_commitment.setdefault(note.commitment_id, []).append(note)
    lines = [
        Line(
            commitment,
            reported.get((commitment.pk, previous.pk)) if previous else None,
            reported.get((commitment.pk, current.pk)) if current else None,
            by_commitment.get(commitment.pk, []),
        )
        for commitment in found
        if commitment.measure or commitment.deadline
    ]
    return Summary(party, current, previous, lines)


def in_words(update: ProgressUpdate) -> str:
    """ "52 woningen, aandacht nodig"."""
    figure = f"{spoken(update.figure)}, " if update.figure else ""
    return f"{figure}{update.get_status_display().lower()}"


def spoken(figure: Measurement) -> str:
    """ "52 woningen", "91%", "€ 44", "gedaan"."""
    indicator, amount = figure.indicator, dutch_number(figure.value)
    if indicator.is_yes_no:
        return "gedaan" if figure.value else "nog niet gedaan"
    if indicator.value_kind == Indicator.ValueKind.PERCENTAGE:
        return f"{amount}%"
    if indicator.value_kind == Indicator.ValueKind.EURO:
        return f"€{HARD_SPACE}{amount}"
    return f"{amount}{HARD_SPACE}{indicator.unit}"


def _reported(commitments: Any, asked: list[ReportingRound]) -> dict[tuple[int, int], ProgressUpdate]:
    related = ("measurement__indicator", "round")
    found = current_updates().filter(round__in=asked, commitment__in=commitments.order_by().values("pk"))
    return {(u.commitment_id, u.round_id): u for u in found.select_related(*related)}


def _differs(then: ProgressUpdate, now: ProgressUpdate) -> bool:
    values = [update.figure and (update.figure.value, update.figure.indicator_id) for update in (then, now)]
    return then.status != now.status or values[0] != values[1]


def _of_silence(then: ProgressUpdate | None) -> list[str]:
    if then is None:
        return ["Er is nog niets doorgegeven."]
    if then.status in FINAL:
        return [f"Dit was al klaar: {in_words(then)}."]
    return ["Voor deze ronde is nog niets doorgegeven.", f"Vorige ronde: {in_words(then)}."]


def _of_figure(then: Measurement | None, now: Measurement | None) -> list[str]:
    if now is None:
        return ["Er is nu geen cijfer doorgegeven."] if then else []
    if then is None:
        return [f"Het cijfer is nu: {spoken(now)}."]
    if then.indicator_id != now.indicator_id:
        return [
            f"Het cijfer is nu anders geteld: {spoken(now)}. Dat is niet te vergelijken met de vorige keer."
        ]
    if then.value == now.value:
        return [f"Het cijfer is hetzelfde: {spoken(now)}."]
    if now.indicator.is_yes_no:
        return [f"Het is nu {spoken(now)}."]
    return [f"Het cijfer ging van {dutch_number(then.value)} naar {spoken(now)}."]


def _of_status(then: str, now: str) -> str:
    was, becomes = Status(then).label, Status(now).label
    if then == now:
        return f"De status is hetzelfde: {becomes.lower()}."
    return f"De status ging van ‘{was}’ naar ‘{becomes}’."
