"""The rounds that the worker makes: finish what waits, remind, tell, gather, send, forget, look up, renew."""

from datetime import datetime

from django.utils import timezone

from agreements.notifications.models import Bookmark
from agreements.notifications.operations import (
    forget_mail,
    forget_unconfirmed,
    notify_people,
    once_a_day,
    queue_digests,
    queue_weeks,
    send_waiting,
)
from agreements.pdf.revocation import fetch_lists
from agreements.process.operations import finish_waiting
from agreements.progress.operations import send_reminders
from agreements.reports.operations import renew_reports
from agreements.signing.operations import remind_parties, renew_rounds, warn_of_ends
from agreements.web.dates import today
from agreements.workspace.queries import tasks_of

BATCH = 10  # mails between two looks at whether the worker has to stop


def remind(now: datetime) -> None:
    """Once for every day of the calendar on which the portal lives."""
    day = today()
    once_a_day(Bookmark.Job.REMINDERS, day, lambda: (send_reminders(on=day), remind_parties(on=day)))


def warn(now: datetime) -> None:
    """Certificates of parties that end by the real clock; each of them is told of twice at most."""
    warn_of_ends(on=today())


def tell(now: datetime) -> None:
    """Everything that happened since last time."""
    while notify_people():
        pass


def gather(now: datetime) -> None:
    """The mail of the day, and the tasks on Monday."""
    queue_digests(now=now)
    queue_weeks(tasks_of, now=now)


def send(now: datetime) -> None:
    """Some of the mail that waits."""
    send_waiting(most=BATCH)


def forget(now: datetime) -> None:
    """What was sent long ago, and addresses that nobody confirmed."""

    def both() -> None:
        forget_mail()
        forget_unconfirmed()

    once_a_day(Bookmark.Job.FORGET, timezone.localdate(now), both)


def look_up(now: datetime) -> None:
    """Which certificates their issuers withdrew."""
    fetch_lists()


def renew(now: datetime) -> None:
    """The proof in files that went out, before the certificate of their last time stamp ends."""
    renew_reports(on=today())
    renew_rounds(on=today())


def finish(now: datetime) -> None:
    """Closing signings that wait for another try."""
    finish_waiting()


STEPS = (finish, remind, warn, tell, gather, send, forget, look_up, renew)
