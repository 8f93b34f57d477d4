"""What somebody has to do now."""

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
from agreements.progress.queries import unreported
from agreements.reports.models import Report
from agreements.reports.queries import awaiting_comment, awaiting_publication
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
    found = [
        *_progress_tasks(user),
        *_amendment_tasks(user),
        *_comment_tasks(user),
        *_coordinator_tasks(user),
    ]
    return sorted(found, key=lambda task: (task.due or date.max, task.details[0]))


def count_tasks(user: Any) -> int:
    """How many open tasks; kept on the user, because menu and page both ask."""
    if not hasattr(user, "_task_count"):
        user._task_count = (
            _count_unreported(user)
            + unanswered(user).count()
            + awaiting_comment(user).count()
            + len(_coordinator_tasks(user))
        )
    return user._task_count


def own_commitments(user: Any) -> CommitmentQuerySet:
    """What the parties of this person execute this year; for tenants what their corporation executes."""
    parties = [m.party for m in standing_of(user).memberships if m.role != Role.COUNCILLOR]
    leads = {party.pk for party in parties} | {
        party.represents_id for party in parties if party.represents_id
    }
    return visible_to(user).filter(lead__in=leads, year_slice__year=today().year)


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


def _reports_for(user: Any) -> list[int]:
    """Primary keys of the parties for which this person reports."""
    reporters = (Role.REPORTER, Role.SIGNATORY, Role.COORDINATOR)
    return [m.party_id for m in standing_of(user).memberships if m.role in reporters]


def _count_unreported(user: Any) -> int:
    parties = _reports_for(user)
    asked = visible_to(user).filter(lead__in=parties)
    return sum(unreported(asked, round_).count() for round_ in _open_rounds()) if parties else 0


def _progress_tasks(user: Any) -> list[Task]:
    parties = _reports_for(user)
    if not parties:
        return []
    return [
        Task(
            sentence=f"Geef de voortgang door: {commitment.title}",
            details=(commitment.code, commitment.theme.name, round_.name),
            button="Voortgang doorgeven",
            address="progress:submit_progress",
            argument=commitment.code,
            due=round_.due_on,
            provenance=commitment.provenance,
        )
        for round_ in _open_rounds()
        for commitment in unreported(visible_to(user).filter(lead__in=parties), round_)
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


def _comment_tasks(user: Any) -> list[Task]:
    return [
        Task(
            sentence=f"Lees het concept en reageer: {report.title}",
            details=(report.number,),
            button="Reageer op het concept",
            address="reports:comment_on_report",
            argument=report.number,
            due=report.comments_due_on,
        )
        for report in awaiting_comment(user)
    ]


def _coordinator_tasks(user: Any) -> list[Task]:
    if not standing_of(user).is_coordinator:
        return []
    return [*_report_tasks(user), *_agenda_tasks(), *_draft_tasks(user)]


def _report_tasks(user: Any) -> list[Task]:
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
        for r in awaiting_publication(user)
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
