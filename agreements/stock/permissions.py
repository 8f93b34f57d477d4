"""Who may state the stock. Same names as the operations they guard."""

from typing import Any

from agreements.access.refusals import Refused
from agreements.parties.models import Party, Role
from agreements.parties.queries import standing_of


def submit_statement(party: Party, *, by: Any) -> None:
    """Only the corporation itself states its stock (rule 4)."""
    if party.kind != Party.Kind.CORPORATION:
        raise Refused("Alleen woningcorporaties mogen hun voorraad opgeven.")
    if not standing_of(by).has(Role.REPORTER, Role.SIGNATORY, party=party):
        raise Refused(
            f"Alleen de invuller en de ondertekenaar van {party.name} mogen de voorraad van {party.name} opgeven."
        )
