"""What people prefer."""

from collections.abc import Iterable

from agreements.accounts.models import User
from agreements.notifications.models import DEFAULTS, How, Kind, Preference
from agreements.parties.models import Membership
from agreements.web.dates import today


def preferences_of(user: User) -> dict[Kind, How]:
    """What this person chose for every kind; where nothing was chosen the default."""
    chosen = dict(Preference.objects.filter(user=user).values_list("kind", "how"))
    return {kind: How(chosen.get(kind, default)) for kind, default in DEFAULTS.items()}


def how_for(people: Iterable[User], kind: Kind) -> dict[int, How]:
    """{primary key of a person: how soon they want a mail of this kind}."""
    people = list(people)
    chosen = dict(Preference.objects.filter(user__in=people, kind=kind).values_list("user", "how"))
    return {user.pk: How(chosen.get(user.pk, DEFAULTS[kind])) for user in people}


def readers_of_week() -> list[User]:
    """Who gets the list of open tasks on Monday: people with a role who did not switch it off."""
    off = Preference.objects.filter(kind=Kind.WEEK, how=How.OFF).values("user")
    members = Membership.objects.on(today()).values("user")
    return list(User.objects.filter(is_active=True, pk__in=members).exclude(pk__in=off).order_by("pk"))
