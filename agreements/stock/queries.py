"""Reading the ledger. All of it is public; what is not there is named, never counted as zero."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from django.db import models

from agreements.access.refusals import allows
from agreements.agreement.models import Agreement
from agreements.agreement.queries import parties_to
from agreements.history.models import Event, Provenance
from agreements.history.queries import timeline
from agreements.parties.models import Party
from agreements.stock import permissions
from agreements.stock.models import Ledger, OtherCount, StockFloor, StockStatement

HARD, EXPECTED = StockStatement.Certainty.HARD, StockStatement.Certainty.EXPECTED
YEARS_BEFORE = 2  # the figures of the first year follow from these


@dataclass(frozen=True)
class Known:
    """What a corporation stated about a year and the year before it, oldest first."""

    year: int
    statements: list[StockStatement]

    @property
    def count(self) -> int:
        """How many statements there are about the year itself; it only ever grows."""
        return sum(statement.year == self.year for statement in self.statements)

    @property
    def newest(self) -> dict[str, StockStatement]:
        """{certainty: the statement that counts} for the year."""
        return {s.certainty: s for s in self.statements if s.year == self.year}

    @property
    def before(self) -> dict[str, StockStatement]:
        """{certainty: the statement that counts} for the year before."""
        return {s.certainty: s for s in self.statements if s.year == self.year - 1}


@dataclass(frozen=True)
class Line:
    """The statement of a corporation that counts, the ones that it replaced (newest first), and where it goes on from."""

    statement: StockStatement
    replaced: list[StockStatement]
    before: StockStatement | None

    @property
    def begin_gap(self) -> int:
        """How many homes the begin differs from the end that was reported for the year before."""
        return abs(self.statement.begin - self.before.reported_end) if self.before else 0


@dataclass(frozen=True)
class Table:
    """One year in one certainty: a line per corporation that stated something, and who did not."""

    year: int
    certainty: StockStatement.Certainty
    lines: list[Line]
    silent: list[Party]

    @property
    def total(self) -> Ledger | None:
        """All lines together; None without any."""
        return reduce(add, [line.statement.ledger for line in self.lines]) if self.lines else None

    @property
    def corporations(self) -> int:
        """How many corporations the agreement has."""
        return len(self.lines) + len(self.silent)

    @property
    def is_complete(self) -> bool:
        """Whether every corporation of the agreement is in the total."""
        return bool(self.lines) and not self.silent

    @property
    def provenance(self) -> str:
        """A sum with an example in it is an example too (rule 11)."""
        found = {line.statement.provenance for line in self.lines}
        return Provenance.EXAMPLE if Provenance.EXAMPLE in found else Provenance.OWN

    @property
    def is_mixed(self) -> bool:
        """Whether figures of real and of invented corporations are in one sum."""
        return len({line.statement.provenance == Provenance.EXAMPLE for line in self.lines}) > 1


@dataclass(frozen=True)
class Year:
    """A year of the ledger; hard and expected side by side, never added up."""

    year: int
    hard: Table
    expected: Table

    @property
    def both(self) -> tuple[Table, Table]:
        """Hard first."""
        return self.hard, self.expected

    @property
    def tables(self) -> list[Table]:
        """Those with something in it."""
        return [table for table in self.both if table.lines]

    @property
    def provenance(self) -> str:
        """An example as soon as one of the tables is (rule 11)."""
        found = {table.provenance for table in self.tables}
        return Provenance.EXAMPLE if Provenance.EXAMPLE in found else Provenance.OWN


@dataclass(frozen=True)
class Margin:
    """A total beside a floor: how many homes there are, and how many that is above or below."""

    homes: int
    floor: int

    @property
    def distance(self) -> int:
        """Homes above or below the floor."""
        return abs(self.homes - self.floor)

    @property
    def is_below(self) -> bool:
        """Whether the floor is not reached."""
        return self.homes < self.floor


@dataclass(frozen=True)
class Comparison:
    """A floor against the total of its year in one certainty: only once every corporation stated its stock."""

    floor: StockFloor
    table: Table

    @property
    def reported(self) -> Margin | None:
        """By the ends that the corporations report; None while somebody is silent."""
        return self._margin("reported_end")

    @property
    def computed(self) -> Margin | None:
        """By the ends that the portal counts."""
        return self._margin("computed_end")

    def _margin(self, end: str) -> Margin | None:
        total = self.table.total
        return Margin(getattr(total, end), self.floor.value) if total and self.table.is_complete else None


def corporations(agreement: Agreement) -> models.QuerySet[Party]:
    """The corporations of the agreement, in the order of the parties."""
    return parties_to(agreement).filter(kind=Party.Kind.CORPORATION)


def years_of(agreement: Agreement) -> range:
    """The years of which the ledger is kept: those of the agreement and two before."""
    return range(agreement.first_year - YEARS_BEFORE, agreement.last_year + 1)


def ledger(agreement: Agreement, parties: Iterable[Party]) -> list[Year]:
    """Every year with its two tables for these corporations, in a constant number of queries."""
    parties = list(parties)
    found: dict[tuple[int, int], dict[str, list[StockStatement]]] = {}
    for statement in _statements(parties):
        key = (statement.party_id, statement.year)
        found.setdefault(key, {}).setdefault(statement.certainty, []).append(statement)

    def table(year: int, certainty: StockStatement.Certainty) -> Table:
        """The newest statement of each corporation, and who is silent."""
        lines, silent = [], []
        for party in parties:
            versions = found.get((party.pk, year), {}).get(certainty, [])
            if not versions:
                silent.append(party)
                continue
            earlier = {c: rows[-1] for c, rows in found.get((party.pk, year - 1), {}).items()}
            lines.append(Line(versions[-1], versions[-2::-1], goes_on_from(earlier, certainty)))
        return Table(year, certainty, lines, silent)

    return [Year(year, table(year, HARD), table(year, EXPECTED)) for year in years_of(agreement)]


def goes_on_from(before: Mapping[str, StockStatement], certainty: str) -> StockStatement | None:
    """The statement of the year before with whose end a begin must agree: hard, or else, for an expectation, expected."""
    return before.get(HARD) or (before.get(EXPECTED) if certainty == EXPECTED else None)


def known(party: Party, year: int) -> Known:
    """What this corporation stated about the year and the year before."""
    return Known(year, list(_statements([party]).filter(year__in=[year - 1, year])))


def floors(agreement: Agreement) -> models.QuerySet[StockFloor]:
    """What was agreed as the least, with its source and the agenda items about it."""
    return agreement.stock_floors.select_related("source").prefetch_related("agenda_items")


def comparisons(floors: Iterable[StockFloor], years: Iterable[Year]) -> list[Comparison]:
    """Each floor against the two totals of its year."""
    by_year = {year.year: year for year in years}
    return [
        Comparison(floor, table)
        for floor in floors
        if floor.year in by_year
        for table in by_year[floor.year].both
    ]


def other_counts(agreement: Agreement) -> models.QuerySet[OtherCount]:
    """What other sources count in another way."""
    return agreement.other_counts.select_related("source")


def states_for(agreement: Agreement, user: Any) -> list[Party]:
    """The corporations for which this person may state the stock."""
    return [p for p in corporations(agreement) if allows(permissions.submit_statement, p, by=user)]


def history_of(party: Party) -> models.QuerySet[Event]:
    """What this corporation stated, as sentences, newest first."""
    return timeline(party).filter(verb="stock.submitted")


def _statements(parties: Iterable[Party]) -> models.QuerySet[StockStatement]:
    rows = StockStatement.objects.filter(party__in=[party.pk for party in parties])
    return rows.select_related("party", "submitted_by").order_by("year", "number")
