"""Who could be told something."""

from collections.abc import Collection, Iterable

from agreements.accounts.models import User
from agreements.parties.models import Membership, Party, Role
from agreements.web.dates import today

# Who works on the agreement for a party. The council reads what is public; the application manager keeps accounts.
WORKING = (Role.COORDINATOR, Role.REPORTER, Role.SIGNATORY, Role.REVIEWER)
READERS = (*WORKING, Role.COUNCILLOR)


def members_of(parties: Iterable[Party], *, roles: Collection[str] = WORKING) -> list[User]:
    """The people who act for one of these parties today in one of these roles."""
    return _people(party__in=list(parties), role__in=roles)


def everyone(*, roles: Collection[str] = WORKING) -> list[User]:
    """All people with one of these roles today, for whatever party."""
    return _people(role__in=roles)


def _people(**which: object) -> list[User]:
    in_force = Membership.objects.on(today()).filter(**which)
    return list(User.objects.filter(is_active=True, pk__in=in_force.values("user")).order_by("pk"))
