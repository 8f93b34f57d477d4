"""The desk of a tenant organisation: notes and links."""

from typing import Any

from django.db import models

from agreements.parties.models import Party
from agreements.web.dates import today
from agreements.workspace.models import Note, ShareLink
from agreements.workspace.permissions import desk_of


def notes_of(party: Party) -> models.QuerySet[Note]:
    """The notes of one organisation, oldest first."""
    return Note.objects.filter(party=party).select_related("commitment", "by")


def notes(user: Any) -> models.QuerySet[Note]:
    """The notes of this person's own organisation; for others they do not exist."""
    party = desk_of(user)
    return notes_of(party) if party else Note.objects.none()


def share_links(user: Any) -> models.QuerySet[ShareLink]:
    """The links of this person's own organisation, newest first."""
    return ShareLink.objects.filter(party=desk_of(user)).select_related("party", "made_by")


def working_link(token_hash: str) -> ShareLink | None:
    """The link with this fingerprint when it works today; expired, revoked and unknown are the same."""
    found = ShareLink.objects.filter(token_hash=token_hash, revoked_on__isnull=True, expires_on__gte=today())
    return found.select_related("party").first()
