"""Handing the answer of a party over to somebody else with a mandate."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.accounts.models import User
from agreements.history.operations import record
from agreements.parties.queries import mandated_for
from agreements.signing import permissions
from agreements.signing.models import Seat
from agreements.signing.operations.round import held_seat


@transaction.atomic
def delegate(seat: Seat, *, by: User, on: date, to: User) -> Seat:
    """Ask somebody else of the party to answer; it becomes that person's task. ValidationError without a mandate."""
    seat = held_seat(seat)
    permissions.delegate(seat, by=by)
    if not mandated_for(seat.party, on).filter(pk=to.pk).exists():
        raise ValidationError({"to": "Kies iemand die nu een mandaat heeft."})
    if seat.asked_id == to.pk:
        return seat
    seat.asked = to
    seat.save(update_fields=["asked"])
    sentence = f"{seat.party.name} droeg het antwoord over aan {to.function}."
    record("signing.delegated", seat.round, by=by, on=on, party=seat.party, sentence=sentence)
    return seat
