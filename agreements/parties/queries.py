"""Reading parties, who acts for them and who may sign."""

from datetime import date
from typing import Any

from django.db import models

from agreements.accounts.models import User
from agreements.parties.models import Mandate, MandateQuerySet, Membership, Party, Role
from agreements.parties.standing import standing_of as standing_of


def all_parties() -> models.QuerySet[Party]:
    """Every party, in the fixed order: municipality, corporations, tenant organisations."""
    return Party.objects.select_related("represents", "source")


def mandates_visible_to(user: Any) -> MandateQuerySet:
    """All mandates for the parties; nothing for anyone else. What was signed shows its ground itself."""
    mandates = Mandate.objects.select_related("party", "user", "granted_by", "ended_by")
    mandates = mandates.prefetch_related("decisions")
    return mandates if standing_of(user).parties else mandates.none()


def people_of(party: Party, day: date) -> models.QuerySet[User]:
    """Who acts for this party on this day, and so can be given a mandate."""
    memberships = Membership.objects.on(day).filter(party=party).exclude(role=Role.COUNCILLOR)
    return User.objects.filter(is_active=True, memberships__in=memberships).distinct().order_by("function")


def mandated_for(party: Party, day: date) -> models.QuerySet[User]:
    """Who may sign for this party on this day."""
    mandates = Mandate.objects.on(day).filter(party=party)
    return people_of(party, day).filter(pk__in=mandates.values("user"))


def mandate_of(user: Any, party: Party, day: date) -> Mandate | None:
    """The newest mandate with which this person signs for this party on this day.

    Who does not act for the party any more cannot use the mandate either.
    """
    if party.pk not in standing_of(user).parties:
        return None
    return Mandate.objects.on(day).filter(user=user, party=party).order_by("-valid_from", "-pk").first()
