"""One message for some people, and words that several of them use."""

from collections.abc import Iterable, Sized
from dataclasses import dataclass

from agreements.accounts.models import User
from agreements.history.models import Provenance
from agreements.notifications.models import Kind
from agreements.web.formats import counted


@dataclass(frozen=True)
class News:
    """One message for some people. `title` may stand above a mail: no figures and no text of drafts."""

    people: Iterable[User]
    kind: Kind
    title: str
    sentence: str
    address: str
    provenance: str = Provenance.OWN
    is_for_parties: bool = False


def number_of(commitments: Sized) -> str:
    """ "1 afspraak", "3 afspraken"."""
    return counted(len(commitments), "afspraak", "afspraken")
