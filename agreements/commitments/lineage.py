"""Commitments that go on from year to year: each is taken over from the one before."""

from typing import Any

from agreements.commitments.models import Commitment
from agreements.commitments.queries import visible_to


def chain_of(commitment: Commitment, user: Any) -> list[Commitment]:
    """The line to which this commitment belongs, oldest first, as far as this person may read it; [] when it stands alone."""
    parents = _parents(user)
    lines = [line for line in _lines(parents) if commitment.pk in line]
    return _read([dict.fromkeys(pk for line in lines for pk in line)], user)[0] if lines else []


def chains(user: Any) -> list[list[Commitment]]:
    """Every line of commitments that this person may read, each oldest first, by theme."""
    found = _read([dict.fromkeys(line) for line in _lines(_parents(user))], user)
    found = [line for line in found if line[0].part_of_id is None]  # parts go on with their joint commitment
    return sorted(found, key=lambda line: (line[0].theme.order, line[0].code))


def _parents(user: Any) -> dict[int, int]:
    """{commitment: the one it was taken over from}, both readable."""
    readable = visible_to(user).order_by()
    copies = readable.filter(copied_from__in=readable.values("pk")).values_list("pk", "copied_from")
    return {pk: before for pk, before in copies if before}


def _lines(parents: dict[int, int]) -> list[list[int]]:
    """The lines that end in a commitment from which nothing was taken over."""
    lines = []
    for last in parents.keys() - set(parents.values()):
        line = [last]
        while (before := parents.get(line[0])) and before not in line:
            line.insert(0, before)
        lines.append(line)
    return lines


def _read(lines: list[dict[int, None]], user: Any) -> list[list[Commitment]]:
    rows = visible_to(user).in_bulk({pk for line in lines for pk in line})
    return [
        sorted((rows[pk] for pk in line), key=lambda row: (row.year_slice.year, row.code)) for line in lines
    ]
