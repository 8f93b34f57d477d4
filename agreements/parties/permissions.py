"""Who may say who signs for a party."""

from typing import Any

from agreements.access.refusals import Refused
from agreements.parties.models import Mandate, Party
from agreements.parties.standing import standing_of


def read_mandates(*, by: Any) -> None:
    """The parties know of each other who may sign."""
    if not standing_of(by).parties:
        raise Refused("Alleen de partijen mogen lezen wie mag tekenen.")


def grant_mandate(party: Party, *, by: Any) -> None:
    """A party decides itself who signs for it: its signatories, or its own application manager."""
    if not standing_of(by).appoints_signers(party):
        raise Refused(
            f"Alleen een ondertekenaar of de applicatiebeheerder van {party.name} mag een mandaat geven."
        )


def end_mandate(mandate: Mandate, *, by: Any) -> None:
    """The same people take a mandate back, once."""
    grant_mandate(mandate.party, by=by)
    if mandate.ended_at:
        raise Refused("Dit mandaat is al beëindigd.")
