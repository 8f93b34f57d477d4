"""The exact difference between two snapshots: applied to the old one it gives the new one.

A snapshot is taken apart into small pieces, each with a path: ("commitments", "17-01", "status"). Rows go by their
number or name, so that a row in another place is not a change.
"""

from dataclasses import dataclass
from typing import Any

KEYS = {"commitments": "code", "agenda": "code", "signatories": "party"}
ORDER = ""  # the key under which the order of the rows stands; no row is called so
Path = tuple[str, ...]
Row = dict[str, Any]


class _Absent:
    """Stands for "there was nothing here", which is not the same as null."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = _Absent()


@dataclass(frozen=True)
class Change:
    """One piece that differs; ABSENT where it did not or does not exist."""

    path: Path
    was: Any
    now: Any


def difference(old: Row, new: Row) -> list[Change]:
    """Every piece that differs, in the order of the paths."""
    before, after = pieces(old), pieces(new)
    return [
        Change(path, before.get(path, ABSENT), after.get(path, ABSENT))
        for path in sorted(before.keys() | after.keys())
        if path not in before or path not in after or before[path] != after[path]
    ]


def applied(old: Row, changes: list[Change]) -> Row:
    """The snapshot that `changes` make of the old one."""
    found = pieces(old)
    for change in changes:
        if change.now is ABSENT:
            del found[change.path]
        else:
            found[change.path] = change.now
    return _whole(found)


def pieces(snapshot: Row) -> dict[Path, Any]:
    """{path: value} of everything in the snapshot."""
    found: dict[Path, Any] = {}
    for section, value in snapshot.items():
        if section in KEYS:
            found |= _pieces_of_rows(section, value)
        elif isinstance(value, dict) and value:
            found |= {(section, name): item for name, item in value.items()}
        else:
            found[section,] = value
    return found


def _pieces_of_rows(section: str, rows: list[Row]) -> dict[Path, Any]:
    key = KEYS[section]
    found: dict[Path, Any] = {(section, ORDER, key): [row[key] for row in rows]}
    for row in rows:
        found |= {(section, row[key], name): item for name, item in row.items()}
    return found


def _whole(found: dict[Path, Any]) -> Row:
    snapshot: Row = {}
    for path, value in found.items():
        if len(path) == 1:
            snapshot[path[0]] = value
        elif len(path) == 2:
            snapshot.setdefault(path[0], {})[path[1]] = value
        elif path[1] == ORDER:
            snapshot[path[0]] = _rows_of(path[0], value, found)
    return snapshot


def _rows_of(section: str, order: list[str], found: dict[Path, Any]) -> list[Row]:
    rows: dict[str, Row] = {name: {} for name in order}
    for path, item in found.items():
        if len(path) == 3 and path[0] == section and path[1] != ORDER:
            rows[path[1]][path[2]] = item
    return list(rows.values())
