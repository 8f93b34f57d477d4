"""Choosing what to be mailed. Not in the history: it is nobody else's business, and it may be forgotten."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.accounts.models import User
from agreements.notifications.models import CHOICES, How, Kind, Notification, Preference


@transaction.atomic
def set_preferences(user: User, chosen: Mapping[Kind, How]) -> None:
    """Keep what this person chose; what waits for the daily mail and is no longer wanted, stays in the portal only."""
    for kind, how in chosen.items():
        if how not in CHOICES[kind]:
            raise ValidationError(f"Dit kan niet bij ‘{kind.label}’.")
        Preference.objects.update_or_create(user=user, kind=kind, defaults={"how": how})
    unwanted = [kind for kind, how in chosen.items() if how == How.OFF]
    waiting = Notification.objects.filter(user=user, kind__in=unwanted, how=How.DAILY, mailed_at=None)
    waiting.update(how=How.OFF)


def unsubscribe(user: User, kinds: Iterable[Kind]) -> None:
    """No more mail of these kinds; a duty stays."""
    set_preferences(user, {kind: How.OFF for kind in kinds if How.OFF in CHOICES[kind]})
