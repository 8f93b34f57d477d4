"""Who may use the desk of a tenant organisation, and who oversees all parties."""

from typing import Any

from agreements.access.refusals import Refused
from agreements.commitments.models import Commitment
from agreements.parties.models import Party, Role
from agreements.parties.queries import standing_of
from agreements.workspace.models import Note, ShareLink

BOARD = (Role.SIGNATORY, Role.REVIEWER)


def desk_of(by: Any) -> Party | None:
    """The tenant organisation for which this person works, or None."""
    memberships = standing_of(by).memberships
    return next((m.party for m in memberships if m.party.kind == Party.Kind.TENANTS), None)


def oversee(*, by: Any) -> None:
    """A coordinator of the municipality."""
    if not standing_of(by).is_coordinator:
        raise Refused("Deze pagina is voor coördinatoren van de gemeente.")


def open_desk(*, by: Any) -> None:
    """Whoever works for a tenant organisation."""
    if desk_of(by) is None:
        raise Refused("Deze pagina is voor mensen van een huurdersorganisatie.")


def add_note(commitment: Commitment, *, by: Any) -> None:
    """Everyone of the organisation writes notes."""
    open_desk(by=by)


def remove_note(note: Note, *, by: Any) -> None:
    """Whoever wrote it."""
    if note.by_id != by.pk:
        raise Refused(f"Alleen wie de notitie schreef, kan de notitie verwijderen: {note.by.function}.")


def share_desk(*, by: Any) -> None:
    """The board decides who looks along."""
    open_desk(by=by)
    if not standing_of(by).has(*BOARD, party=desk_of(by)):
        raise Refused("Alleen het bestuur van uw organisatie mag een link maken om mee te kijken.")


def revoke_link(link: ShareLink, *, by: Any) -> None:
    """The board takes a link back, once."""
    share_desk(by=by)
    if link.revoked_on:
        raise Refused("Deze link is al ingetrokken.")
