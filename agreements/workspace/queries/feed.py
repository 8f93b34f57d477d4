"""Whose calendar link it is."""

import hashlib

from agreements.accounts.models import User
from agreements.workspace.models import CalendarFeed


def feed_of(user: User) -> CalendarFeed | None:
    """The calendar link this person has, if any."""
    return CalendarFeed.objects.filter(user=user).first()


def owner_of(token: str) -> User | None:
    """Whose calendar link this is; None for a token that is unknown, replaced or switched off."""
    feed = CalendarFeed.objects.select_related("user").filter(token_sha256=digest_of(token)).first()
    return feed.user if feed and feed.user.is_active else None


def digest_of(token: str) -> str:
    """What is kept of a token: who reads the database cannot read the calendars."""
    return hashlib.sha256(token.encode()).hexdigest()
