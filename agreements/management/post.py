"""What the worker does before it sends: remind, tell, and gather what goes in one mail."""

from datetime import datetime

from django.utils import timezone

from agreements.notifications.models import Bookmark
from agreements.notifications.operations import (
    forget_mail,
    notify_people,
    once_a_day,
    queue_digests,
    queue_weeks,
)
from agreements.progress.operations import send_reminders
from agreements.web.dates import today
from agreements.workspace.queries import tasks_of


def prepare_post(*, now: datetime) -> None:
    """Bring the messages and the queue of mail up to date. Each part does nothing when it was done."""
    day = today()
    once_a_day(Bookmark.Job.REMINDERS, day, lambda: send_reminders(on=day))
    while notify_people():
        pass
    queue_digests(now=now)
    queue_weeks(tasks_of, now=now)
    once_a_day(Bookmark.Job.FORGET, timezone.localdate(now), forget_mail)
