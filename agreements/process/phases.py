"""What each phase of a jaarschijf means, and what must be in order before a step. One table, also for docs/states.md.

Which steps exist stands in `YearSlice.TRANSITIONS`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from agreements.agenda.queries import undecided_in
from agreements.agreement.models import YearSlice
from agreements.commitments.models import Commitment
from agreements.process.models import Comment, Proposal
from agreements.progress.models import ReportingRound
from agreements.signing.queries import is_signing_closed, living_round
from agreements.web.dates import today
from agreements.web.formats import dutch_date

Phase = YearSlice.Phase


@dataclass(frozen=True)
class Condition:
    """What must hold before a step. `missing` gives what is not in order yet, in words; nothing when it holds."""

    sentence: str
    missing: Callable[[YearSlice], list[str]]


@dataclass(frozen=True)
class Check:
    """A condition held against one jaarschijf."""

    sentence: str
    missing: list[str]

    @property
    def is_met(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class Step:
    """What going to a phase is called on a button, and what it does."""

    button: str
    meaning: str


STEPS = {
    Phase.BID: Step(
        "Vraag om het bod",
        "De corporaties doen hun bod en de huurders geven hun wensen door. Partijen stellen afspraken op en besluiten over de agenda. "
        "Alleen de partijen lezen de teksten.",
    ),
    Phase.CONCEPT: Step(
        "Begin met het concept",
        "Partijen maken van het bod en de wensen van de huurders één concept. Alleen de partijen lezen de teksten.",
    ),
    Phase.CONSULTATION: Step(
        "Vraag advies over het concept",
        "De teksten worden openbaar. De raad, de achterban van de huurders en de raden van commissarissen geven "
        "advies. Niemand past de teksten aan. Daarvoor zet u de jaarschijf terug naar concept.",
    ),
    Phase.SIGNING: Step(
        "Begin met ondertekenen",
        "De partijen tekenen deze teksten, of tekenen niet. Niemand past de teksten nog aan.",
    ),
    Phase.ADOPTED: Step(
        "Stel de jaarschijf vast",
        "Dat gebeurt als de ondertekening wordt gesloten. De teksten liggen dan vast. Daarna verandert een afspraak alleen nog met een wijziging waar partijen mee "
        "instemmen. Partijen geven elke ronde hun voortgang door.",
    ),
    Phase.CLOSED: Step(
        "Sluit de jaarschijf af",
        "Het jaar is klaar. Er komen geen rapportagerondes meer bij.",
    ),
    Phase.AGENDA: Step(
        "Zet terug naar agenda",
        "De jaarschijf is weer alleen een agenda. Partijen beginnen later met afspraken.",
    ),
}
FINAL = (Phase.ADOPTED, Phase.CLOSED)  # nothing leads back from these


def _no_commitments_missing(year_slice: YearSlice) -> list[str]:
    return [] if _commitments(year_slice) else [f"{year_slice} heeft nog geen afspraak"]


def _commitments_present(year_slice: YearSlice) -> list[str]:
    return [f"{found.code} {found.title}" for found in _commitments(year_slice)]


def _proposals_present(year_slice: YearSlice) -> list[str]:
    made = year_slice.proposals.exclude(state=Proposal.State.WITHDRAWN)
    return [_named(proposal) for proposal in made.select_related("party")]


def _proposals_unanswered(year_slice: YearSlice) -> list[str]:
    open_ones = year_slice.proposals.filter(state=Proposal.State.OPEN)
    return [_named(proposal) for proposal in open_ones.select_related("party")]


def _named(proposal: Proposal) -> str:
    return f"voorstel {proposal.number} van {proposal.party}, {proposal.title}"


def _comments_unanswered(year_slice: YearSlice) -> list[str]:
    open_ones = Comment.objects.filter(commitment__year_slice=year_slice, state=Comment.State.OPEN)
    found = open_ones.select_related("commitment", "party")
    return [f"{c.commitment.code}, opmerking {c.number} van {c.speaker}" for c in found]


def _items_undecided(year_slice: YearSlice) -> list[str]:
    return [f"{item.code} {item.text}" for item in undecided_in(year_slice.year)]


def _days_left(year_slice: YearSlice) -> list[str]:
    last = year_slice.last_day
    return [f"{year_slice.year} duurt tot en met {dutch_date(last)}"] if today() <= last else []


def _rounds_open(year_slice: YearSlice) -> list[str]:
    rounds = ReportingRound.objects.filter(year_slice=year_slice, closed_on__isnull=True)
    return [round_.name for round_ in rounds]


def _signing_not_closed(year_slice: YearSlice) -> list[str]:
    return [] if is_signing_closed(year_slice) else ["open een ondertekening, en sluit die als zij klaar is"]


def _signing_alive(year_slice: YearSlice) -> list[str]:
    found = living_round(year_slice)
    return [f"beëindig eerst {str(found)[:1].lower()}{str(found)[1:]}"] if found else []


def _commitments(year_slice: YearSlice) -> list[Commitment]:
    return list(Commitment.objects.whole().filter(year_slice=year_slice, withdrawn_on__isnull=True))


HAS_COMMITMENTS = Condition("Er is minstens één afspraak.", _no_commitments_missing)
HAS_NO_COMMITMENTS = Condition("Er is nog geen afspraak opgesteld.", _commitments_present)
HAS_NO_PROPOSALS = Condition("Er is nog geen voorstel ingediend.", _proposals_present)
PROPOSALS_ANSWERED = Condition("Elk voorstel van de partijen heeft een antwoord.", _proposals_unanswered)
COMMENTS_ANSWERED = Condition("Elke opmerking bij de teksten heeft een antwoord.", _comments_unanswered)
ALL_DECIDED = Condition("Over elk agendapunt van het jaar is besloten.", _items_undecided)
YEAR_IS_OVER = Condition("Het jaar is voorbij.", _days_left)
ROUNDS_ARE_CLOSED = Condition("Alle rapportagerondes zijn gesloten.", _rounds_open)
SIGNING_IS_CLOSED = Condition("De ondertekening is gesloten.", _signing_not_closed)
NO_SIGNING_ALIVE = Condition("Er loopt geen ondertekening.", _signing_alive)
CONDITIONS = {
    (Phase.BID, Phase.AGENDA): (HAS_NO_COMMITMENTS, HAS_NO_PROPOSALS),
    (Phase.CONCEPT, Phase.CONSULTATION): (HAS_COMMITMENTS, PROPOSALS_ANSWERED),
    (Phase.CONSULTATION, Phase.SIGNING): (HAS_COMMITMENTS, ALL_DECIDED, COMMENTS_ANSWERED),
    (Phase.SIGNING, Phase.CONSULTATION): (NO_SIGNING_ALIVE,),
    (Phase.SIGNING, Phase.ADOPTED): (HAS_COMMITMENTS, ALL_DECIDED, SIGNING_IS_CLOSED),
    (Phase.ADOPTED, Phase.CLOSED): (YEAR_IS_OVER, ROUNDS_ARE_CLOSED),
}


def is_back(start: str, to: str) -> bool:
    """Whether this step goes back; then it needs a reason."""
    return Phase.values.index(to) < Phase.values.index(start)


def button_of(start: str, to: str) -> str:
    """What the step is called: "Zet terug naar concept"."""
    return f"Zet terug naar {Phase(to).label.lower()}" if is_back(start, to) else STEPS[Phase(to)].button


def checklist(year_slice: YearSlice, to: str, *, besides: Condition | None = None) -> list[Check]:
    """The conditions of going from the present phase to this one, with what is missing; all but `besides`."""
    conditions = CONDITIONS.get((Phase(year_slice.phase), Phase(to)), ())
    return [Check(one.sentence, one.missing(year_slice)) for one in conditions if one is not besides]
