"""Doing a job once, however many workers there are."""

from collections.abc import Callable
from datetime import date

from django.db import transaction

from agreements.notifications.models import Bookmark


def held_bookmark(job: str) -> Bookmark:
    """The bookmark of a job, locked until commit."""
    Bookmark.objects.get_or_create(job=job)
    return Bookmark.objects.select_for_update().get(job=job)


def once_a_day(job: str, day: date, do: Callable[[], object]) -> bool:
    """Do it, unless it was done for this day; both in one transaction. Whether it was done now."""
    if Bookmark.objects.filter(job=job, day=day).exists():
        return False  # mostly so: then nobody has to wait for a lock
    with transaction.atomic():
        mark = held_bookmark(job)
        if mark.day == day:
            return False
        do()
        mark.day = day
        mark.save(update_fields=["day"])
    return True
