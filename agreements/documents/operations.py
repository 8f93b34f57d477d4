"""Keeping evidence."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from agreements.accounts.models import User
from agreements.documents import permissions
from agreements.documents.checks import checked, clean_name
from agreements.documents.models import Evidence, Visibility
from agreements.documents.store import keep
from agreements.history.operations import record
from agreements.parties.models import Mandate, Party


def keep_evidence(
    *,
    name: str,
    data: bytes,
    party: Party,
    by: User,
    title: str = "",
    visibility: str = "",
    is_ours: bool = False,
) -> Evidence:
    """Check a file and keep it, not yet attached to anything. ValidationError when it is not acceptable.

    Not in a transaction of its own: looking at a file takes seconds, in which SQLite would keep everybody waiting.
    """
    kind, clean = checked(name, data, is_ours=is_ours)
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


def add_decision(mandate: Mandate, *, by: User, on: date, name: str, data: bytes) -> Evidence:
    """Show the decision behind a mandate to the parties. The same file twice is one."""
    permissions.add_decision(mandate, by=by)
    piece = keep_evidence(name=name, data=data, party=mandate.party, by=by, visibility=Visibility.PARTIES)
    with transaction.atomic():
        Mandate.objects.select_for_update(no_key=True).get(pk=mandate.pk)
        same = mandate.decisions.filter(sha256=piece.sha256).first()
        if same:
            piece.delete()
            return same
        return _add(piece, mandate, by=by, on=on)


def _add(piece: Evidence, mandate: Mandate, *, by: User, on: date) -> Evidence:
    piece.mandate = mandate
    piece.save(update_fields=["mandate"])
    attach_evidence([piece], on=on)
    party, data = mandate.party, {"document": piece.as_data()}
    sentence = f"{party.name} voegde het besluit achter het mandaat van {mandate.function} toe."
    record("documents.decision_added", mandate, by=by, on=on, party=party, sentence=sentence, data=data)
    return piece


def attach_evidence(evidence: Sequence[Evidence], *, on: date) -> None:
    """Make waiting files part of what was submitted: from now on others see them as their visibility says."""
    for piece in evidence:
        piece.attached_on = on
        piece.save(update_fields=["attached_on"])
