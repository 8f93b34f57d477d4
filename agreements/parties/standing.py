"""For whom somebody acts. Below the rules of this slice; everyone else asks it in queries."""

from typing import Any

from agreements.parties.models import Membership, Standing
from agreements.web.dates import today


def standing_of(user: Any) -> Standing:
    """For whom and in which roles this user (or visitor) acts today. Kept on the user: one query a request."""
    if not user.is_authenticated:
        return Standing([])
    if not hasattr(user, "_standing"):
        user._standing = Standing(Membership.objects.filter(user=user).on(today()).select_related("party"))
    return user._standing
