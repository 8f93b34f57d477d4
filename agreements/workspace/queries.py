"""What somebody has to do now."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from agreements.agenda.queries import undecided_in
from agreements.agreement.models import YearSlice
from agreements.commitments.models import Commitment, CommitmentQuerySet
from agreements.commitments.queries import unanswered, visible_to
from agreements.history.models import Provenance
from agreements.parties.models import Party, Role
from agreements.parties.queries import standing_of
from agreements.progress.models import ProgressUpdate, ReportingRound
from agreements.progress.queries import (
    Share,
    how_far,
    open_returns,
    reporting_parties,
    sent_back,
    to_approve,
    to_report,
    unreported,
)
from agreements.reports.models import Report
from agreements.web.dates import today


@dataclass(frozen=True)
class Task:
    """One thing to do: a sentence, where to do it (URL name and argument) and before when."""

    sentence: str
    details: tuple[str, ...]
    button: str
    address: str
    argument: str | int
    due: date | None = None
    provenance: str = Provenance.OWN

    @property
    def is_late(self) -> bool:
        """Whether the due date is past; never for a task without one."""
        return self.due is not None and self.due < today()


def tasks_of(user: Any) -> list[Task]:
    """Open tasks of this person, the most urgent first."""
    found = [*_progress_tasks(user), *_second_look_tasks(user), *_amendment_tasks(user)]
    found += _coordinator_tasks(user)
    return sorted(found, key=lambda task: (task.due or date.max, task.details[0]))


def count_tasks(user: Any) -> int:
    """How many open tasks; kept on the user, because menu and page both ask."""
    if not hasattr(user, "_task_count"):
        user._task_count = _count_unreported(user) + unanswered(user).count() + len(_coordinator_tasks(user))
        user._task_count += len(_second_look_tasks(user))
    return user._task_count


def own_commitments(user: Any) -> CommitmentQuerySet:
    """What the parties of this person execute this year; for tenants what their corporation executes."""
    parties = [m.party for m in standing_of(user).memberships if m.role != Role.COUNCILLOR]
    leads = {party.pk for party in parties} | {
        party.represents_id for party in parties if party.represents_id
    }
    return visible_to(user).filter(lead__in=leads, year_slice__year=today().year)


def sheets_of(user: Any) -> list[tuple[ReportingRound, Share]]:
    """For each open round and each party for which this person reports: how far it is."""
    own = {party.pk for party in reporting_parties(user)}
    if not own:
        return []
    rounds = list(_open_rounds())
    shares = how_far(rounds)
    return [(round_, share) for round_ in rounds for share in shares[round_.pk] if share.party.pk in own]


def late_parties() -> list[tuple[ReportingRound, Party, list[Commitment]]]:
    """Per open round and party what was due and is not there: whom the coordinator has to call."""
    late = []
    for round_ in _open_rounds().filter(due_on__lt=today()):
        by_party: dict[Party, list[Commitment]] = {}
        for commitment in unreported(Commitment.objects.with_everything(), round_):
            by_party.setdefault(commitment.lead, []).append(commitment)
        late += [(round_, party, commitments) for party, commitments in by_party.items()]
    return late


def newest_updates(user: Any) -> Any:
    """The last ten things reported on commitments this person may read."""
    updates = ProgressUpdate.objects.filter(commitment__in=visible_to(user).order_by().values("pk"))
    return updates.select_related("commitment", "party", "round", "measurement__indicator").order_by("-pk")[
        :10
    ]


def _open_rounds() -> Any:
    return ReportingRound.objects.open_on(today()).select_related("year_slice")


def _count_unreported(user: Any) -> int:
    parties = reporting_parties(user)
    asked = visible_to(user).filter(lead__in=parties)
    return sum(to_report(asked, round_).count() for round_ in _open_rounds()) if parties else 0


def _progress_tasks(user: Any) -> list[Task]:
    parties = reporting_parties(user)
    if not parties:
        return []
    rounds = list(_open_rounds())
    return [
        Task(
            sentence=f"Geef de voortgang door: {commitment.title}",
            details=(commitment.code, commitment.theme.name, round_.name),
            button="Voortgang doorgeven",
            # The form asks about the newest round; an older one that was opened again has its sheet.
            address="progress:submit_progress" if round_ == rounds[-1] else "progress:fill_sheet",
            argument=commitment.code if round_ == rounds[-1] else round_.code,
            due=round_.due_on,
            provenance=commitment.provenance,
        )
        for round_ in rounds
        for commitment in to_report(visible_to(user).filter(lead__in=parties), round_)
    ]


def _second_look_tasks(user: Any) -> list[Task]:
    """What was sent once already and comes back: to approve, to change, or to explain."""
    parties = reporting_parties(user)
    return [*_approval_tasks(user), *_sent_back_tasks(user, parties), *_return_tasks(parties)]


def _approval_tasks(user: Any) -> list[Task]:
    waiting = Counter(draft.party for draft in to_approve(user))
    return [
        Task(
            sentence=f"Geef akkoord op {number} {'antwoord' if number == 1 else 'antwoorden'}",
            details=(party.name,),
            button="Lees en geef akkoord",
            address="progress:approve_progress",
            argument=party.key,
            provenance=party.provenance,
        )
        for party, number in waiting.items()
    ]


def _sent_back_tasks(user: Any, parties: list[Party]) -> list[Task]:
    return [
        Task(
            sentence=f"Pas uw antwoord aan: {draft.commitment.title}",
            details=(draft.commitment.code, "Teruggestuurd door de bestuurder", draft.round.name),
            button="Lees en pas aan",
            address="progress:submit_progress",
            argument=draft.commitment.code,
            due=draft.round.due_on,
            provenance=draft.commitment.provenance,
        )
        for draft in sent_back(user, parties)
        if draft.round.is_open_on(today())
    ]


def _return_tasks(parties: list[Party]) -> list[Task]:
    return [
        Task(
            sentence=f"Beantwoord de vraag van de gemeente: {returned.update.commitment.title}",
            details=(returned.update.commitment.code, returned.update.round.name),
            button="Lees en antwoord",
            address="progress:answer_return",
            argument=returned.pk,
            provenance=returned.update.commitment.provenance,
        )
        for returned in open_returns(parties)
    ]


def _amendment_tasks(user: Any) -> list[Task]:
    return [
        Task(
            sentence=f"Antwoord op een wijziging: {amendment.commitment.title}",
            details=(amendment.commitment.code, f"Voorgesteld door {amendment.party.name}"),
            button="Lees en antwoord",
            address="commitments:answer_amendment",
            argument=amendment.pk,
        )
        for amendment in unanswered(user)
    ]


def _coordinator_tasks(user: Any) -> list[Task]:
    if not standing_of(user).is_coordinator:
        return []
    return [*_report_tasks(), *_agenda_tasks(), *_draft_tasks(user)]


def _report_tasks() -> list[Task]:
    waiting = Report.objects.filter(state__in=[Report.State.READY, Report.State.FAILED]).defer("snapshot")
    sentences = {
        Report.State.READY: ("Lees en publiceer de rapportage", "Naar de rapportage"),
        Report.State.FAILED: ("Maak opnieuw, want het is niet gelukt", "Naar de rapportage"),
    }
    return [
        Task(
            f"{sentences[Report.State(r.state)][0]}: {r.title}",
            (r.number,),
            sentences[Report.State(r.state)][1],
            "reports:report",
            r.number,
        )
        for r in waiting
    ]


def _agenda_tasks() -> list[Task]:
    tasks = []
    for year_slice in YearSlice.objects.filter(phase__in=YearSlice.DRAFT_PHASES):
        year = year_slice.year
        open_items = len(undecided_in(year))
        if open_items:
            sentence = f"Besluit wat er in {year} gebeurt met {open_items} agendapunten"
            if open_items == 1:
                sentence = f"Besluit wat er in {year} gebeurt met 1 agendapunt"
            # Woningwet art. 44a: corporations send the agreements to the minister before 15 December.
            due = date(year - 1, 12, 15)
            tasks.append(
                Task(sentence, (str(year_slice),), "Bekijk de agenda", "public:year_slice", year, due)
            )
    return tasks


def _draft_tasks(user: Any) -> list[Task]:
    drafts = visible_to(user).filter(year_slice__phase__in=YearSlice.DRAFT_PHASES, withdrawn_on__isnull=True)
    return [
        Task(
            f"Maak de afspraak af: {c.title}",
            (c.code, c.theme.name, _missing(c)),
            "Tekst bewerken",
            "commitments:edit_commitment",
            c.code,
            date(c.year_slice.year - 1, 12, 15),
        )
        for c in drafts
        if _missing(c)
    ]


def _missing(commitment: Commitment) -> str:
    absent = [
        name
        for name, value in (("doel", commitment.measure), ("einddatum", commitment.deadline))
        if not value
    ]
    return f"Er is nog geen {' en geen '.join(absent)}" if absent else ""
