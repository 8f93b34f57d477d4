"""Mijn taken, and what a coordinator oversees."""

from django.http import HttpResponse
from django.shortcuts import render

from agreements.access.declare import members_only
from agreements.parties.queries import standing_of
from agreements.progress.permissions import signing_parties
from agreements.reports.queries import published
from agreements.web.request import Request
from agreements.workspace import permissions, queries


@members_only
def tasks(request: Request) -> HttpResponse:
    """GET /mijn-taken/: what I must do, what my organisation executes, and what is new."""
    is_coordinator = standing_of(request.user).is_coordinator
    tasks = queries.tasks_of(request.user)
    queries.remember_count(request.user, len(tasks))
    context = {
        "nav": "tasks",
        "is_coordinator": is_coordinator,
        "desk": permissions.desk_of(request.user),
        "tasks": tasks,
        "late_tasks": sum(task.is_late for task in tasks),
        "sheets": queries.sheets_of(request.user),
        "signs_for": signing_parties(request.user),
        "late": [debt for debt in queries.owed() if debt.is_late] if is_coordinator else [],
        "own": queries.own_commitments(request.user),
        "news": queries.newest_updates(request.user),
        "latest_report": published().first(),
    }
    return render(request, "workspace/tasks.html", context)


@members_only
def oversee(request: Request) -> HttpResponse:
    """GET /mijn-taken/overzicht/: who owes what, with a button to remind, and what needs a decision."""
    permissions.oversee(by=request.user)
    owed = queries.owed()
    context = {"nav": "tasks", "owed": owed, "decisions": queries.decisions(request.user, owed)}
    context["rounds"] = list({debt.round.pk: debt.round for debt in owed}.values())
    return render(request, "workspace/oversee.html", context)
