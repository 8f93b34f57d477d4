"""Keeping evidence."""

from collections.abc import Sequence
from datetime import date

from agreements.accounts.models import User
from agreements.documents.checks import checked, clean_name
from agreements.documents.models import Evidence, Visibility
from agreements.documents.store import keep
from agreements.parties.models import Party


def keep_evidence(
    *, name: str, data: bytes, party: Party, by: User, title: str = "", visibility: str = ""
) -> Evidence:
    """Check a file and keep it, not yet attached to anything. ValidationError when it is not acceptable.

    Not in a transaction of its own: looking at a file takes seconds, in which SQLite would keep everybody waiting.
    """
    kind, clean = checked(name, data)
    shown = clean_name(name)
    return Evidence.objects.create(
        title=(title or shown)[:150],
        name=shown,
        kind=kind,
        size=len(clean),
        sha256=keep(clean),
        visibility=visibility or Visibility.PUBLIC,
        party=party,
        added_by=by,
    )


def attach_evidence(evidence: Sequence[Evidence], *, on: date) -> None:
    """Make waiting files part of what was submitted: from now on others see them as their visibility says."""
    for piece in evidence:
        piece.attached_on = on
        piece.save(update_fields=["attached_on"])
