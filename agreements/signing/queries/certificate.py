"""Reading the own certificates of parties."""

from typing import Any

from agreements.parties.queries import standing_of
from agreements.signing.models import OwnCertificate
from agreements.signing.permissions import KEEPERS


def ending_certificates(user: Any) -> list[OwnCertificate]:
    """Of the parties whose certificate this person keeps: what ends within 60 days, or has ended. Their tasks."""
    parties = {one.party_id for one in standing_of(user).memberships if one.role in KEEPERS}
    if not parties:
        return []
    own = OwnCertificate.objects.filter(party__in=parties, removed_at__isnull=True)
    return [one for one in own.select_related("party") if one.ends_soon]
