"""What somebody has to do now."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from agreements.agenda.queries import undecided_in
from agreements.agreement.models import YearSlice
from agreements.commitments.models import Commitment, CommitmentQuerySet
from agreements.commitments.queries import unanswered, visible_to
from agreements.history.models import Provenance
from agreements.parties.models import Party, Role
from agreements.parties.queries import standing_of
from agreements.progress.models import Assessment, ProgressUpdate, ReportingRound
from agreements.progress.queries import (
    count_to_answer,
    count_waiting_groups,
    to_answer,
    unreported,
    waiting_groups,
)
from agreements.reports.models import Report
from agreements.web.dates import today
from agreements.workspace.models import Note, ShareLink
from agreements.workspace.permissions import desk_of


@dataclass(frozen=True)
class Task:
    """One thing to do: a sentence, where to do it (URL name, argument, query string) and before when."""

    sentence: str
    details: tuple[str, ...]
    button: str
    address: str
    argument: str | int
    due: date | None = None
    provenance: str = Provenance.OWN
    query: str = ""

    @property
    def is_late(self) -> bool:
        """Whether the due date is past; never for a task without one."""
        return self.due is not None and self.due < today()


def tasks_of(user: Any) -> list[Task]:
    """Open tasks of this person, the most urgent first."""
    found = [*_progress_tasks(user), *_amendment_tasks(user), *_coordinator_tasks(user)]
    found += [*_assessment_tasks(user), *_answer_tasks(user)]
    return sorted(found, key=lambda task: (task.due or date.max, task.details[0]))


def count_tasks(user: Any) -> int:
    """How many open tasks; kept on the user, because menu and page both ask."""
    if not hasattr(user, "_task_count"):
        user._task_count = _count_unreported(user) + unanswered(user).count() + len(_coordinator_tasks(user))
        user._task_count += count_waiting_groups(user) + count_to_answer(user)
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


def _assessment_tasks(user: Any) -> list[Task]:
    tasks = []
    for group in waiting_groups(user):
        number = len(group.updates)
        figures = "1 cijfer" if number == 1 else f"{number} cijfers"
        tasks.append(
            Task(
                sentence=f"Beoordeel {figures} van {group.source.name}",
                details=(group.round.name, f"Voor {group.party.name}"),
                button="Beoordeel",
                address="progress:assess_round",
                argument=group.round.code,
                due=group.due,
                provenance=group.updates[0].commitment.provenance,
                query=f"?van={group.source.key}&voor={group.party.key}",
            )
        )
    return tasks


def _answer_tasks(user: Any) -> list[Task]:
    by_commitment: dict[Commitment, list[Assessment]] = {}
    for dissent in to_answer(user):
        by_commitment.setdefault(dissent.update.commitment, []).append(dissent)
    return [
        Task(
            sentence=f"Antwoord op {_dissents(len(found))}: {commitment.title}",
            details=(commitment.code, commitment.theme.name, f"Van {found[0].party.name}"),
            button="Lees en antwoord",
            address="progress:answer_assessment",
            argument=found[0].pk,
            provenance=commitment.provenance,
        )
        for commitment, found in by_commitment.items()
    ]


def _dissents(number: int) -> str:
    return "1 afwijkend standpunt" if number == 1 else f"{number} afwijkende standpunten"


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


# -- the desk of a tenant organisation


def notes_of(party: Party) -> models.QuerySet[Note]:
    """The notes of one organisation, oldest first."""
    return Note.objects.filter(party=party).select_related("commitment", "by")


def notes(user: Any) -> models.QuerySet[Note]:
    """The notes of this person's own organisation; for others they do not exist."""
    party = desk_of(user)
    return notes_of(party) if party else Note.objects.none()


def share_links(user: Any) -> models.QuerySet[ShareLink]:
    """The links of this person's own organisation, newest first."""
    return ShareLink.objects.filter(party=desk_of(user)).select_related("party", "made_by")


def working_link(token_hash: str) -> ShareLink | None:
    """The link with this fingerprint when it works today; expired, revoked and unknown are the same."""
    found = ShareLink.objects.filter(token_hash=token_hash, revoked_on__isnull=True, expires_on__gte=today())
    return found.select_related("party").first()
