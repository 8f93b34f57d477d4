"""Changing who the parties are and who acts for them."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from agreements.accounts.models import User
from agreements.history.operations import record
from agreements.parties import permissions
from agreements.parties.models import ROLES_OF, Mandate, Membership, Party, Role
from agreements.parties.queries import people_of


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


@transaction.atomic
def grant_mandate(party: Party, *, user: User, by: User | None, on: date, **fields: Any) -> Mandate:
    """Let a person sign for a party; `fields` are those of the model. `by` is None for a data set.

    The same mandate given twice is one. ValidationError when the person does not act for the party, or when
    the days cannot be.
    """
    if by is not None:
        permissions.grant_mandate(party, by=by)
    _check_mandate(party, user, on, fields)
    Party.objects.select_for_update(no_key=True).get(pk=party.pk)
    given = {"party": party, "user": user, **fields}
    same = Mandate.objects.filter(**given, ended_at__isnull=True).first()
    if same:
        return same
    mandate = Mandate.objects.create(granted_by=by, **given)
    sentence = f"{mandate.function} mag tekenen namens {party.name}. {mandate.proof}"
    record("parties.mandate_granted", mandate, by=by, on=on, party=party, sentence=sentence)
    return mandate


def _check_mandate(party: Party, user: User, on: date, fields: dict[str, Any]) -> None:
    if user not in people_of(party, on):
        raise ValidationError({"user": f"Kies iemand die nu voor {party.name} werkt."})
    if fields["decided_on"] > on:
        raise ValidationError({"decided_on": "Het besluit is nog niet genomen. Kijk de datum na."})
    until = fields.get("valid_until")
    if until and until <= fields["valid_from"]:
        raise ValidationError({"valid_until": "Vul een dag in na de eerste dag van het mandaat."})


@transaction.atomic
def end_mandate(mandate: Mandate, *, by: User, on: date) -> Mandate:
    """Take a mandate back from today. What was signed with it stays signed."""
    mandate = Mandate.objects.select_for_update(of=("self",)).select_related("party").get(pk=mandate.pk)
    permissions.end_mandate(mandate, by=by)
    mandate.valid_until = max(min(on, mandate.valid_until or on), mandate.valid_from)
    mandate.ended_by, mandate.ended_at = by, timezone.now()
    mandate.save(update_fields=["valid_until", "ended_by", "ended_at"])
    sentence = f"{mandate.function} mag niet meer tekenen namens {mandate.party.name}."
    record("parties.mandate_ended", mandate, by=by, on=on, party=mandate.party, sentence=sentence)
    return mandate
