"""What somebody has to do now, and what is new."""

from datetime import date
from typing import Any

from agreements.commitments.models import CommitmentQuerySet
from agreements.commitments.queries import unanswered, visible_to
from agreements.parties.models import Party, Role
from agreements.parties.queries import standing_of
from agreements.process.queries import requests_to
from agreements.progress.models import ProgressUpdate
from agreements.progress.queries import count_to_answer, count_waiting_groups
from agreements.reports.queries import awaiting_comment, awaiting_signature
from agreements.signing.queries import ending_certificates, seats_to_answer
from agreements.web.dates import today
from agreements.workspace.queries.coordinator import coordinator_tasks
from agreements.workspace.queries.progress import (
    assessment_tasks,
    count_unreported,
    dissent_tasks,
    progress_tasks,
    second_look_tasks,
)
from agreements.workspace.queries.signing import signing_tasks
from agreements.workspace.queries.task import Task, on_commitment, on_report


def tasks_of(user: Any) -> list[Task]:
    """Open tasks of this person, the most urgent first."""
    found = [
        *progress_tasks(user),
        *second_look_tasks(user),
        *_amendment_tasks(user),
        *_bid_tasks(user),
        *signing_tasks(user),
        *assessment_tasks(user),
        *dissent_tasks(user),
        *_report_tasks(user),
        *coordinator_tasks(user),
    ]
    return sorted(found, key=lambda task: (task.due or date.max, task.details[0]))


def count_tasks(user: Any) -> int:
    """How many open tasks; kept on the user, because menu and page both ask."""
    if not hasattr(user, "_task_count"):
        answers = unanswered(user).count() + seats_to_answer(user).count() + count_to_answer(user)
        answers += count_waiting_groups(user) + awaiting_comment(user).count()
        answers += awaiting_signature(user).count() + len(ending_certificates(user))
        others = len(_bid_tasks(user)) + len(coordinator_tasks(user)) + len(second_look_tasks(user))
        user._task_count = count_unreported(user) + answers + others
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


def _amendment_tasks(user: Any) -> list[Task]:
    return [
        on_commitment(
            amendment.commitment,
            "Antwoord op een wijziging",
            f"Voorgesteld door {amendment.party.name}",
            button="Lees en antwoord",
            address="commitments:answer_amendment",
            argument=amendment.pk,
        )
        for amendment in unanswered(user)
    ]


def _report_tasks(user: Any) -> list[Task]:
    """Drafts on which the parties may comment, and those that wait for a signature."""
    comment = ("Lees het concept en reageer", "Reageer op het concept", "reports:comment_on_report")
    sign = ("Lees en teken de rapportage", "Lees en teken", "reports:sign_report")
    return [
        *(on_report(report, *comment, due=report.comments_due_on) for report in awaiting_comment(user)),
        *(on_report(report, *sign) for report in awaiting_signature(user)),
    ]
