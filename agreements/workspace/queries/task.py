"""What a task is."""

from dataclasses import dataclass
from datetime import date

from agreements.history.models import Provenance
from agreements.web.dates import today


@dataclass(frozen=True)
class Task:
    """One thing to do: a sentence, where to do it (URL name, argument, query string) and before when."""

    sentence: str
    details: tuple[str, ...]
    button: str
    address: str
    argument: str | int
    due: date | None = None
    provenance: str = Provenance.OWN
    query: str = ""

    @property
    def is_late(self) -> bool:
        """Whether the due date is past; never for a task without one."""
        return self.due is not None and self.due < today()
