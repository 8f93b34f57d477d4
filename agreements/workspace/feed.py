"""Mijn taken as a calendar (RFC 5545), for Outlook, Google and telephones."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from agreements.history.models import Provenance
from agreements.workspace.queries import Task

NAME = "Prestatieafspraken: mijn taken"
REFRESH = timedelta(hours=6)


def calendar_of(tasks: Iterable[Task], *, now: datetime) -> bytes:
    """The tasks that have a due date, each as a whole day that keeps nobody from being free."""
    calendar = Calendar()
    calendar.add("prodid", "-//Hilversum//Prestatieafspraken//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", NAME)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for task in tasks:
        if task.due:
            calendar.add_component(_event(task, now=now))
    return calendar.to_ical()


def _event(task: Task, *, now: datetime) -> Event:
    assert task.due is not None
    page = f"{settings.PUBLIC_URL}{reverse(task.address, args=[task.argument])}"
    label = " (voorbeeld)" if task.provenance == Provenance.EXAMPLE else ""
    event = Event()
    event.add("uid", _uid(task))
    event.add("dtstamp", now)
    event.add("dtstart", task.due)
    event.add("dtend", task.due + timedelta(days=1))
    event.add("summary", f"{task.sentence}{label}")
    event.add("description", "\n".join([*filter(None, task.details), page]))
    event.add("url", page)
    event.add("transp", "TRANSPARENT")
    return event


def _uid(task: Task) -> str:
    """The same at every reading, so that a calendar program changes an entry instead of adding one."""
    place = f"{task.address}-{task.argument}-{task.due}".replace(":", "-")
    return f"{place}@{urlsplit(settings.PUBLIC_URL).hostname}"
