"""What a task is."""

from dataclasses import dataclass
from datetime import date, timedelta

from agreements.commitments.models import Commitment
from agreements.history.models import Provenance
from agreements.reports.models import Report
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

    @property
    def moment(self) -> str:
        """The heading under which it stands: by the due date, in weeks from Monday to Sunday."""
        if self.due is None:
            return "Zonder uiterste dag"
        if self.is_late:
            return "Te laat"
        sunday = today() + timedelta(days=6 - today().weekday())
        if self.due <= sunday:
            return "Deze week"
        return "Volgende week" if self.due <= sunday + timedelta(days=7) else "Later"


def on_commitment(
    commitment: Commitment,
    verb: str,
    *details: str,
    button: str,
    address: str,
    argument: str | int | None = None,
    due: date | None = None,
    query: str = "",
) -> Task:
    """A task about one commitment. `argument` is its code, unless the address wants something else."""
    return Task(
        sentence=f"{verb}: {commitment.title}",
        details=(commitment.code, *details),
        button=button,
        address=address,
        argument=commitment.code if argument is None else argument,
        due=due,
        provenance=commitment.provenance,
        query=query,
    )


def on_report(report: Report, verb: str, button: str, address: str, *, due: date | None = None) -> Task:
    """A task about one report."""
    return Task(f"{verb}: {report.title}", (report.number,), button, address, report.number, due)
