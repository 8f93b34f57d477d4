"""Reading the own certificates of parties."""

from typing import Any

from agreements.parties.queries import standing_of
from agreements.signing.models import OwnCertificate


def ending_certificates(user: Any) -> list[OwnCertificate]:
    """Of the parties whose certificate this person keeps: what ends within 60 days, or has ended. Their tasks."""
    standing = standing_of(user)
    parties = {one.party for one in standing.memberships if standing.appoints_signers(one.party)}
    if not parties:
        return []
    own = OwnCertificate.objects.filter(party__in=parties, removed_at__isnull=True)
    return [one for one in own.select_related("party") if one.ends_soon]
