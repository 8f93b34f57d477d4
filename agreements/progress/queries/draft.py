"""Reading drafts: for the own party only (rule 10)."""

from typing import Any

from django.db import models

from agreements.parties.models import Party
from agreements.parties.queries import standing_of
from agreements.progress.models import Draft
from agreements.progress.permissions import signing_parties


def visible_to(user: Any) -> models.QuerySet[Draft]:
    """The drafts this person may read; for others a draft does not exist."""
    related = ("commitment__target__indicator", "commitment__theme", "round", "party", "saved_by")
    return Draft.objects.filter(party__in=standing_of(user).parties).select_related(*related)


def to_approve(user: Any) -> models.QuerySet[Draft]:
    """What waits for the approval of this person."""
    waiting = _running(user, signing_parties(user)).filter(state=Draft.State.WAITING)
    return waiting.prefetch_related("commitment__target__plan", "evidence")


def sent_back(user: Any, parties: list[Party]) -> models.QuerySet[Draft]:
    """What the signatory sent back to those who fill in."""
    return _running(user, parties).filter(state=Draft.State.SENT_BACK)


def _running(user: Any, parties: list[Party]) -> models.QuerySet[Draft]:
    """Of these parties, without drafts for what was withdrawn, or is now executed by another party."""
    if not parties:
        return Draft.objects.none()
    own = visible_to(user).filter(party__in=parties, commitment__lead=models.F("party"))
    return own.filter(commitment__withdrawn_on__isnull=True)
