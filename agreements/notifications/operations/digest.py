"""Several messages in one mail: every morning, and every Monday the open tasks."""

from collections.abc import Callable, Sequence
from datetime import datetime, time
from typing import Any

from django.utils import timezone

from agreements.accounts.models import User
from agreements.notifications.letters import digest_letter, week_letter
from agreements.notifications.models import Bookmark, Notification
from agreements.notifications.operations.bookmark import once_a_day
from agreements.notifications.operations.mail import queue_letter
from agreements.notifications.queries import readers_of_week, waiting_for_digest

MORNING = time(7, 0)
MONDAY = 0


def queue_digests(*, now: datetime) -> bool:
    """From seven in the morning, once a day: put what waits for the daily mail in one mail a person. Whether it was done.

    The real clock: it is about when mail arrives.
    """
    local = timezone.localtime(now)
    if local.time() < MORNING:
        return False
    return once_a_day(Bookmark.Job.DIGEST, local.date(), lambda: _queue_digests(local))


def queue_weeks(tasks_of: Callable[[User], Sequence[Any]], *, now: datetime) -> bool:
    """On Monday from seven, once: mail everybody who wants it the open tasks. Whether it was done.

    `tasks_of` comes from the caller: the workspace is a window like this one, and they do not know each other.
    """
    local = timezone.localtime(now)
    if local.weekday() != MONDAY or local.time() < MORNING:
        return False

    def queue() -> None:
        for user in readers_of_week():
            if tasks := tasks_of(user):
                queue_letter(week_letter(user, tasks, day=local.date()))

    return once_a_day(Bookmark.Job.WEEK, local.date(), queue)


def _queue_digests(local: datetime) -> None:
    for user, notifications in waiting_for_digest(until=local).items():
        queue_letter(digest_letter(user, notifications, day=local.date()))
        mailed = Notification.objects.filter(pk__in=[notification.pk for notification in notifications])
        mailed.update(mailed_at=timezone.now())
