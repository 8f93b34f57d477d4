"""What the machine was doing meanwhile, from /proc (Linux)."""

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path
from typing import Any

PROC = Path("/proc")
PACKAGES = ["django", "granian", "psycopg"]


class Watch:
    """From now on: which share of the machine other processes take."""

    def __init__(self) -> None:
        self.total, self.busy, self.own = _machine(), _busy(), _own()

    def others(self) -> float:
        """Share (0 to 1) of all cores used by processes that are not ours, and by other machines (steal)."""
        total = _machine() - self.total
        others = (_busy() - self.busy) - (_own() - self.own)
        return min(1.0, max(0.0, others / total)) if total else 0.0  # the readings are a moment apart


def _times() -> list[int]:
    """user, nice, system, idle, iowait, irq, softirq, steal of all cores together, in ticks."""
    return [int(ticks) for ticks in (PROC / "stat").read_text().splitlines()[0].split()[1:9]]


def _machine() -> int:
    return sum(_times())


def _busy() -> int:
    idle, waiting = _times()[3:5]
    return _machine() - idle - waiting


def _own() -> int:
    return sum(_ticks_of(pid) for pid in family(os.getpid()))


def _ticks_of(pid: int) -> int:
    """Processor time of a process and of the children that it has waited for."""
    try:
        after_name = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0  # it ended meanwhile
    return sum(int(ticks) for ticks in after_name[11:15])


def family(pid: int) -> list[int]:
    """The process and everything that it started, as process ids."""
    found = [pid]
    for parent in found:
        for thread in _threads(parent):
            try:
                found += [int(child) for child in (thread / "children").read_text().split()]
            except OSError:
                continue
    return found


def _threads(pid: int) -> list[Path]:
    try:
        return list((PROC / str(pid) / "task").iterdir())
    except OSError:
        return []


def cpu_ms(pids: list[int]) -> float:
    """Processor time so far of these processes and of what they started, in milliseconds (all threads)."""
    nanoseconds = 0
    members = {member for parent in pids for member in family(parent)}
    for pid in members:
        for thread in _threads(pid):
            try:
                nanoseconds += int((thread / "schedstat").read_text().split()[0])
            except OSError:
                continue
    return nanoseconds / 1e6


def facts() -> dict[str, Any]:
    """Versions and cores, for the record. No names and no paths."""
    versions = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    versions |= {name: version(name) for name in PACKAGES}
    return {"cores": os.cpu_count(), "machine": platform.machine(), "versions": versions}
