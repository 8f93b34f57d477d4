"""What somebody has to do now, and what is new."""

from collections import Counter
from datetime import date
from typing import Any

from agreements.commitments.models import Commitment, CommitmentQuerySet
from agreements.commitments.queries import unanswered, visible_to
from agreements.parties.models import Party, Role
from agreements.parties.queries import standing_of
from agreements.process.queries import requests_to
from agreements.progress.models import Assessment, ProgressUpdate, ReportingRound
from agreements.progress.queries import (
    Share,
    count_to_answer,
    count_waiting_groups,
    how_far,
    open_returns,
    reporting_parties,
    sent_back,
    to_answer,
    to_approve,
    to_report,
    waiting_groups,
)
from agreements.reports.queries import awaiting_comment, awaiting_signature
from agreements.signing.queries import ending_certificates, seats_to_answer
from agreements.web.dates import today
from agreements.workspace.queries.coordinator import coordinator_tasks
from agreements.workspace.queries.signing import signing_tasks
from agreements.workspace.queries.task import Task


def tasks_of(user: Any) -> list[Task]:
    """Open tasks of this person, the most urgent first."""
    found = [
        *_progress_tasks(user),
        *_second_look_tasks(user),
        *_amendment_tasks(user),
        *_bid_tasks(user),
        *signing_tasks(user),
        *_assessment_tasks(user),
        *_dissent_tasks(user),
        *_comment_tasks(user),
        *_signature_tasks(user),
        *coordinator_tasks(user),
    ]
    return sorted(found, key=lambda task: (task.due or date.max, task.details[0]))


def count_tasks(user: Any) -> int:
    """How many open tasks; kept on the user, because menu and page both ask."""
    if not hasattr(user, "_task_count"):
        answers = unanswered(user).count() + seats_to_answer(user).count() + count_to_answer(user)
        answers += count_waiting_groups(user) + awaiting_comment(user).count()
        answers += awaiting_signature(user).count() + len(ending_certificates(user))
        others = len(_bid_tasks(user)) + len(coordinator_tasks(user)) + len(_second_look_tasks(user))
        user._task_count = _count_unreported(user) + answers + others
    return user._task_count


def own_commitments(user: Any) -> CommitmentQuerySet:
    """What the parties of this person execute this year; for tenants what their corporation executes."""
    parties = [m.party for m in standing_of(user).memberships if m.role != Role.COUNCILLOR]
    leads = {party.pk for party in parties} | {
        party.represents_id for party in parties if party.represents_id
    }
    return visible_to(user).carried_out().filter(lead__in=leads, year_slice__year=today().year)


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


def _bid_tasks(user: Any) -> list[Task]:
    return [
        Task(
            f"Doe uw bod voor {asked.year_slice.year}"
            if asked.party.kind == Party.Kind.CORPORATION
            else f"Geef uw wensen voor {asked.year_slice.year} door",
            (str(asked.year_slice), asked.party.name),
            "Doe een voorstel",
            "process:make_proposal",
            asked.year_slice.year,
            asked.due_on,
            asked.party.provenance,
        )
        for asked in requests_to(user)
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


def _dissent_tasks(user: Any) -> list[Task]:
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


def _signature_tasks(user: Any) -> list[Task]:
    return [
        Task(
            sentence=f"Lees en teken de rapportage: {report.title}",
            details=(report.number,),
            button="Lees en teken",
            address="reports:sign_report",
            argument=report.number,
        )
        for report in awaiting_signature(user)
    ]


def sheets_of(user: Any) -> list[tuple[ReportingRound, Share]]:
    """For each open round and each party for which this person reports: how far it is."""
    own = {party.pk for party in reporting_parties(user)}
    if not own:
        return []
    rounds = list(_open_rounds())
    shares = how_far(rounds)
    return [(round_, share) for round_ in rounds for share in shares[round_.pk] if share.party.pk in own]


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
