"""Changing who the parties are and who acts for them."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.accounts.models import User
from agreements.history.operations import record
from agreements.parties.models import ROLES_OF, Membership, Party, Role


@transaction.atomic
def add_party(*, by: User | None, on: date, **fields: Any) -> Party:
    """Add a party; `fields` are those of the model."""
    party = Party.objects.create(**fields)
    record("parties.added", party, by=by, on=on, party=party, sentence=f"{party.name} toegevoegd als partij.")
    return party


@transaction.atomic
def add_member(party: Party, *, user: User, role: str, by: User | None, on: date) -> Membership:
    """Let a person act for a party in a role. ValidationError when this kind of party has no such role."""
    if role not in ROLES_OF[Party.Kind(party.kind)]:
        raise ValidationError(
            f"Een {party.get_kind_display().lower()} heeft geen {Role(role).label.lower()}."
        )
    membership = Membership.objects.create(user=user, party=party, role=role, started_on=on)
    sentence = f"{user.function} is nu {membership.get_role_display().lower()} bij {party.name}."
    record("parties.member_added", party, by=by, on=on, party=party, sentence=sentence)
    return membership
