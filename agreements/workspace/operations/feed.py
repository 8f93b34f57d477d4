"""The secret calendar link. Not in the history: it is only for the person, and it may be forgotten."""

import secrets

from django.utils import timezone

from agreements.accounts.models import User
from agreements.workspace.models import CalendarFeed
from agreements.workspace.queries import digest_of


def renew_feed(user: User) -> str:
    """Make a link, or another one in its place, and return its token. It cannot be shown again later."""
    token = secrets.token_urlsafe(32)
    fields = {"token_sha256": digest_of(token), "made_at": timezone.now()}
    CalendarFeed.objects.update_or_create(user=user, defaults=fields)
    return token


def revoke_feed(user: User) -> None:
    """From now on the link gives nothing."""
    CalendarFeed.objects.filter(user=user).delete()
