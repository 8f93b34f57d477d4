"""Who may add a document to something of another slice."""

from typing import Any

from agreements.parties import permissions as parties
from agreements.parties.models import Mandate


def add_decision(mandate: Mandate, *, by: Any) -> None:
    """Who gives and takes back a mandate also shows the decision behind it."""
    parties.end_mandate(mandate, by=by)
