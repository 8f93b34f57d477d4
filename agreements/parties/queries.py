"""Reading parties and who acts for them."""

from typing import Any

from django.db import models

from agreements.parties.models import Membership, Party, Standing
from agreements.web.dates import today


def standing_of(user: Any) -> Standing:
    """For whom and in which roles this user (or visitor) acts today. Kept on the user: one query a request."""
    if not user.is_authenticated:
        return Standing([])
    if not hasattr(user, "_standing"):
        user._standing = Standing(Membership.objects.filter(user=user).on(today()).select_related("party"))
    return user._standing


def all_parties() -> models.QuerySet[Party]:
    """Every party, in the fixed order: municipality, corporations, tenant organisations."""
    return Party.objects.select_related("represents", "source")
