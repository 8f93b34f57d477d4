"""From events to messages."""

from datetime import timedelta

import structlog
from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import timezone

from agreements.accounts.models import User
from agreements.history.models import Event
from agreements.notifications.letters import notification_letter
from agreements.notifications.models import Bookmark, How, Notification
from agreements.notifications.news import News, news_of
from agreements.notifications.operations.bookmark import held_bookmark
from agreements.notifications.operations.mail import queue_letter
from agreements.notifications.operations.subscription import tell_readers
from agreements.notifications.queries import how_for, notifications_of
from agreements.reports.models import Report
from agreements.web.dates import today

BATCH = 200
OLD = timedelta(days=14)
log = structlog.get_logger("agreements.notifications")


def notify_people() -> int:
    """Tell people about the events since last time, and return how many events were read; 0 when there are none.

    The bookmark moves in the same transaction as the messages: after a crash nothing is lost and nothing is told twice.
    """
    read = Bookmark.objects.filter(job=Bookmark.Job.EVENTS).values_list("event", flat=True).first() or 0
    if not Event.objects.filter(number__gt=read).exists():
        return 0
    with transaction.atomic():
        mark = held_bookmark(Bookmark.Job.EVENTS)
        new = Event.objects.filter(number__gt=mark.event).select_related("actor", "party")
        events = list(new.order_by("number")[:BATCH])
        for event in events:
            _tell_safely(event)
        if events:
            mark.event = events[-1].number
            mark.save(update_fields=["event"])
    return len(events)


def mark_read(user: User, *, up_to: int) -> int:
    """Mark as read what this person saw: the messages up to this one. How many that were."""
    unread = notifications_of(user).filter(read_at__isnull=True, pk__lte=up_to)
    return unread.update(read_at=timezone.now())


def _tell_safely(event: Event) -> None:
    """A mistake in one message must not keep all later ones from everybody: it is logged, and skipped."""
    try:
        with transaction.atomic():
            _tell(event)
    except OperationalError:  # the database is busy or gone: later, then
        raise
    except Exception:
        log.exception("event_not_told", number=event.number, verb=event.verb)


def _tell(event: Event) -> None:
    if not _is_new(event):
        return
    if event.verb == "reports.published":
        tell_readers(Report.objects.defer("snapshot").get(pk=event.subject_id))
    told = {event.actor_id}
    for news in news_of(event):
        people = [user for user in news.people if user.pk not in told]
        how = how_for(people, news.kind)
        for user in people:
            _notify(user, event, news, how[user.pk])
        told |= {user.pk for user in people}


def _is_new(event: Event) -> bool:
    """Whether it happened shortly before it was written down, and not later: a data set tells of months ago."""
    written = today() if settings.TODAY else timezone.localtime(event.at).date()
    return written - OLD <= event.on <= written


def _notify(user: User, event: Event, news: News, how: How) -> None:
    """The row and, for who wants it at once, the mail; nothing when this person was told of this event before."""
    fields = {name: getattr(news, name) for name in ("kind", "title", "sentence", "address", "provenance")}
    fields |= {"is_for_parties": news.is_for_parties, "how": how}
    notification, is_new = Notification.objects.get_or_create(user=user, event=event, defaults=fields)
    if is_new and how == How.AT_ONCE:
        queue_letter(notification_letter(notification))
        notification.mailed_at = timezone.now()
        notification.save(update_fields=["mailed_at"])
