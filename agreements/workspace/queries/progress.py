"""What somebody has to do about figures: report, judge, approve, explain."""

from collections import Counter
from typing import Any

from django.db.models import QuerySet

from agreements.commitments.models import Commitment
from agreements.commitments.queries import visible_to
from agreements.parties.models import Party
from agreements.progress.models import Assessment, ReportingRound
from agreements.progress.queries import (
    Share,
    how_far,
    open_returns,
    reporting_parties,
    sent_back,
    to_answer,
    to_approve,
    to_report,
    waiting_groups,
)
from agreements.web.dates import today
from agreements.web.formats import counted
from agreements.workspace.queries.task import Task, on_commitment


def open_rounds() -> QuerySet[ReportingRound]:
    """The rounds in which figures are asked today."""
    return ReportingRound.objects.open_on(today()).select_related("year_slice")


def count_unreported(user: Any) -> int:
    """How many `progress_tasks` there are."""
    parties = reporting_parties(user)
    asked = visible_to(user).filter(lead__in=parties)
    return sum(to_report(asked, round_).count() for round_ in open_rounds()) if parties else 0


def progress_tasks(user: Any) -> list[Task]:
    """Figures to report, in every open round."""
    parties = reporting_parties(user)
    if not parties:
        return []
    rounds = list(open_rounds())
    return [
        on_commitment(
            commitment,
            "Geef de voortgang door",
            commitment.theme.name,
            round_.name,
            button="Voortgang doorgeven",
            # The form asks about the newest round; an older one that was opened again has its sheet.
            address="progress:submit_progress" if round_ == rounds[-1] else "progress:fill_sheet",
            argument=commitment.code if round_ == rounds[-1] else round_.code,
            due=round_.due_on,
        )
        for round_ in rounds
        for commitment in to_report(visible_to(user).filter(lead__in=parties), round_)
    ]


def second_look_tasks(user: Any) -> list[Task]:
    """What was sent once already and comes back: to approve, to change, or to explain."""
    parties = reporting_parties(user)
    return [*_approval_tasks(user), *_sent_back_tasks(user, parties), *_return_tasks(parties)]


def _approval_tasks(user: Any) -> list[Task]:
    waiting = Counter(draft.party for draft in to_approve(user))
    return [
        Task(
            sentence=f"Geef akkoord op {counted(number, 'antwoord', 'antwoorden')}",
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
        on_commitment(
            draft.commitment,
            "Pas uw antwoord aan",
            "Teruggestuurd door de bestuurder",
            draft.round.name,
            button="Lees en pas aan",
            address="progress:submit_progress",
            due=draft.round.due_on,
        )
        for draft in sent_back(user, parties)
        if draft.round.is_open_on(today())
    ]


def _return_tasks(parties: list[Party]) -> list[Task]:
    return [
        on_commitment(
            returned.update.commitment,
            "Beantwoord de vraag van de gemeente",
            returned.update.round.name,
            button="Lees en antwoord",
            address="progress:answer_return",
            argument=returned.pk,
        )
        for returned in open_returns(parties)
    ]


def assessment_tasks(user: Any) -> list[Task]:
    """Figures of others to judge, together by party and round."""
    tasks = []
    for group in waiting_groups(user):
        number = len(group.updates)
        figures = counted(number, "cijfer", "cijfers")
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


def dissent_tasks(user: Any) -> list[Task]:
    """Dissent to answer, together by commitment."""
    by_commitment: dict[Commitment, list[Assessment]] = {}
    for dissent in to_answer(user):
        by_commitment.setdefault(dissent.update.commitment, []).append(dissent)
    return [
        on_commitment(
            commitment,
            f"Antwoord op {counted(len(found), 'afwijkend standpunt', 'afwijkende standpunten')}",
            commitment.theme.name,
            f"Van {found[0].party.name}",
            button="Lees en antwoord",
            address="progress:answer_assessment",
            argument=found[0].pk,
        )
        for commitment, found in by_commitment.items()
    ]


def sheets_of(user: Any) -> list[tuple[ReportingRound, Share]]:
    """For each open round and each party for which this person reports: how far it is."""
    own = {party.pk for party in reporting_parties(user)}
    if not own:
        return []
    rounds = list(open_rounds())
    shares = how_far(rounds)
    return [(round_, share) for round_ in rounds for share in shares[round_.pk] if share.party.pk in own]
