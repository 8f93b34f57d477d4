"""Keeping notes, and sharing the desk with members."""

import hashlib
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from agreements.access.once import check_same
from agreements.accounts.models import User
from agreements.commitments.models import Commitment
from agreements.history.operations import record
from agreements.parties.models import Party
from agreements.workspace import permissions
from agreements.workspace.models import Note, ShareLink


@transaction.atomic
def add_note(commitment: Commitment, *, by: User, on: date, key: UUID, text: str) -> Note:
    """Write a note that only one's own organisation reads. The same form (`key`) again gives the note that is there.

    History says that a note was written, not what it says: notes are private and can be removed.
    """
    permissions.add_note(commitment, by=by)
    party = permissions.desk_of(by)
    assert party is not None
    given = {"party": party, "commitment": commitment, "text": text, "by": by, "on": on}
    note, is_new = Note.objects.get_or_create(key=key, defaults=given)
    check_same(note, party=party, commitment=commitment, by=by)
    if is_new:
        record("workspace.note_added", note, by=by, on=on, party=party, sentence="Notitie geschreven.")
    return note


@transaction.atomic
def remove_note(note: Note, *, by: User, on: date) -> None:
    """Remove an own note for good."""
    note = Note.objects.select_for_update().select_related("by", "party").get(pk=note.pk)
    permissions.remove_note(note, by=by)
    party = note.party
    record("workspace.note_removed", note, by=by, on=on, party=party, sentence="Notitie verwijderd.")
    note.delete()


@transaction.atomic
def share_desk(
    *, by: User, on: date, key: UUID, purpose: str, expires_on: date, has_notes: bool
) -> tuple[ShareLink, str]:
    """Make a link with which members look along, and return it with its secret, which is kept nowhere.

    The secret follows from the form's `key` and the portal's own: the same form again gives the same link.
    """
    permissions.share_desk(by=by)
    party = permissions.desk_of(by)
    assert party is not None
    last = on + timedelta(days=ShareLink.LONGEST_DAYS)
    if not on <= expires_on <= last:
        raise ValidationError({"expires_on": f"Een link werkt hoogstens {ShareLink.LONGEST_DAYS} dagen."})
    token = secret_of(party, key)
    given = {"party": party, "purpose": purpose, "has_notes": has_notes, "expires_on": expires_on}
    link, is_new = ShareLink.objects.get_or_create(
        token_hash=hash_of(token), defaults={**given, "made_on": on, "made_by": by}
    )
    if is_new:
        data = {"expires_on": expires_on.isoformat(), "has_notes": has_notes}
        sentence = f"Link om mee te kijken gemaakt: {purpose}."
        record("workspace.desk_shared", link, by=by, on=on, party=party, sentence=sentence, data=data)
    return link, token


@transaction.atomic
def revoke_link(link: ShareLink, *, by: User, on: date) -> ShareLink:
    """Take a link back; from now on it is as if it never was."""
    link = ShareLink.objects.select_for_update(of=("self",)).select_related("party").get(pk=link.pk)
    permissions.revoke_link(link, by=by)
    link.revoked_on, link.revoked_by = on, by
    link.save(update_fields=["revoked_on", "revoked_by"])
    sentence = f"Link om mee te kijken ingetrokken: {link.purpose}."
    record("workspace.link_revoked", link, by=by, on=on, party=link.party, sentence=sentence)
    return link


def count_view(link: ShareLink) -> None:
    """Count that somebody opened the link; who that was is kept nowhere."""
    ShareLink.objects.filter(pk=link.pk).update(views=F("views") + 1)


def secret_of(party: Party, key: UUID) -> str:
    """256 bits that nobody guesses without the portal's secret key."""
    return salted_hmac("agreements.share_link", f"{party.pk}:{key}", algorithm="sha256").hexdigest()


def hash_of(token: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()
