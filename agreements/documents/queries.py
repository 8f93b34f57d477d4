"""Reading evidence."""

from typing import Any

from agreements.documents.models import Evidence, EvidenceQuerySet, seen_by
from agreements.parties.models import Party
from agreements.parties.queries import standing_of


def visible_to(user: Any) -> EvidenceQuerySet:
    """The evidence this person may open; for others a piece of evidence does not exist."""
    return Evidence.objects.filter(seen_by(user, parties=standing_of(user).parties))


def waiting_of(user: Any, party: Party, ids: list[int]) -> list[Evidence]:
    """Files this person uploaded for this party in a form that has not been sent yet."""
    return list(Evidence.objects.filter(added_by=user, party=party, attached_on__isnull=True, pk__in=ids))
