"""The number beside "Mijn taken" on every page, without counting it anew for every page."""

from typing import Any

from django.core.cache import caches

from agreements.history.queries import checkpoint
from agreements.web.dates import today
from agreements.workspace.queries.tasks import count_tasks

SECONDS = 60  # after that what history does not tell (a role that somebody got) counts too


def remembered_count(user: Any) -> int:
    """How many open tasks, counted once until something happens: counting asks fifteen questions, this one.

    History holds every change that makes or ends a task, so its digest says whether the number still holds.
    """
    return caches["counters"].get_or_set(_key(user), lambda: count_tasks(user), SECONDS) or 0


def remember_count(user: Any, number: int) -> None:
    """Keep what was just counted, so that page and menu say the same."""
    caches["counters"].set(_key(user), number, SECONDS)


def _key(user: Any) -> str:
    return f"tasks:{user.pk}:{today()}:{checkpoint()['digest']}"
