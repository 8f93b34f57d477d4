"""A report as PDF beside Chromium's print-to-pdf of the same HTML: `python -m bench.pdf --sizes 50 200 --rounds 3`.

Both start a process of their own each time, in turn, so that a busy machine slows both. Chromium makes no tags of ours, no
PDF/A, no attachments and no seal field: it does less work.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.machine import PROC, Watch, facts, family
from bench.rows import Size, rows

UPDATES = 4
CHROMIUM = [
    "--headless",
    "--disable-gpu",
    "--no-sandbox",
    "--no-pdf-header-footer",
    "--disable-dev-shm-usage",
]
HEADING = {
    "number": "METING-1",
    "title": "Meting",
    "kind": "progress",
    "created_on": "2017-11-15",
    "checkpoint": {"count": 1, "digest": "0" * 64},
    "supersedes": None,
    "round": "Derde kwartaal 2017",
    "as_of": "2017-09-28",
    "due_on": "2017-10-14",
    "year": 2017,
    "party": None,
    "is_example": True,
}


@dataclass(frozen=True)
class Run:
    """One document made: seconds, peak memory (PSS) in MB of the process and its children, and size in kB."""

    seconds: float
    peak: float
    size: float


class Memory:
    """Watches the largest memory of a family of processes, twenty times a second."""

    def __init__(self, pid: int):
        self.peak, self._pid, self._over = 0.0, pid, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        self._over.set()
        self._thread.join()
        return self.peak

    def _watch(self) -> None:
        while not self._over.wait(0.05):
            self.peak = max(self.peak, sum(_pss(pid) for pid in family(self._pid)))


def _pss(pid: int) -> float:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("Pss:")), 0)


def snapshot(commitments: int) -> dict[str, Any]:
    """A snapshot of so many commitments, made of the rows of the other measurements."""
    found = list(rows(Size(commitments, UPDATES)))
    themes = [row for row in found if row["kind"] == "theme"]
    updates = [row for row in found if row["kind"] == "update"]
    made = [_commitment(row, updates, themes) for row in found if row["kind"] == "commitment"]
    counts = Counter(row["status"] for row in made)
    from agreements.commitments.models import Status

    return {
        "schema": "",
        "report": HEADING,
        "agreement": {
            "title": "Meting",
            "first_year": 2017,
            "last_year": 2020,
            "signed_on": None,
            "years": [],
        },
        "counts": {status: counts[status] for status in Status.values},
        "themes": [{"code": row["code"], "name": row["name"]} for row in themes],
        "commitments": made,
        **{name: [] for name in ("late", "agenda", "signatories", "changes", "differences")},
        "previous": None,
    }


def _commitment(row: dict[str, Any], updates: list[Any], themes: list[Any]) -> dict[str, Any]:
    theme = next(theme for theme in themes if theme["code"] == row["theme"])
    own = [_update(update) for update in updates if update["commitment"] == row["code"]]
    target = {"direction": "at_least", "value": str(row["target"]), "original": None, "definition": "Alles."}
    target |= {"indicator": theme["indicator"], "unit": theme["unit"], "area": "gemeente", "supplied_by": ""}
    target |= {"counting": "opgeteld vanaf 1 januari", "value_kind": "number", "plan": []}
    return {
        **{name: row[name] for name in ("code", "theme", "title", "text", "lead", "deadline")},
        **{name: [] for name in ("contributions", "amendments", "judgements")},
        "kind": "Harde afspraak",
        "lead_short": row["lead"],
        "article": "",
        "source": None,
        "provenance": "example",
        "is_key_figure": False,
        "withdrawn": None,
        "original": {},
        "target": target,
        "updates": own,
        "status": own[-1]["status"],
    }


def _update(row: dict[str, Any]) -> dict[str, Any]:
    same = {name: row[name] for name in ("status", "as_of", "explanation", "measure")}
    about = {"round": row["as_of"], "round_as_of": row["as_of"], "submitted_on": row["as_of"]}
    rest = {"indicator": "x", "certainty": "Definitief", "expected_on": None, "party": "", "evidence": []}
    return {**same, **about, **rest, "value": str(row["value"])}


def ours(folder: Path, frozen: dict[str, Any]) -> Run:
    """The report as the worker makes it, in its child."""
    from agreements.reports import document

    memory, started = Memory(os.getpid()), time.monotonic()
    before = sum(_pss(pid) for pid in [os.getpid()])
    data = document.render(frozen, on_progress=lambda page: None).data
    return Run(time.monotonic() - started, memory.stop() - before, len(data) / 1000)


def chromium(folder: Path, frozen: dict[str, Any]) -> Run:
    """The same HTML, printed by Chromium."""
    from hilversum_afspraken.debian import find_browser

    target = folder / "chromium.pdf"
    command = [str(find_browser()), *CHROMIUM, f"--user-data-dir={folder / 'profile'}"]
    command += [f"--print-to-pdf={target}", (folder / "report.html").as_uri()]
    started = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        memory = Memory(process.pid)
        process.wait()
    return Run(time.monotonic() - started, memory.stop(), target.stat().st_size / 1000)


def lay_out(folder: Path, frozen: dict[str, Any]) -> None:
    """The HTML and all that it loads, as files for Chromium."""
    from agreements.pdf.text import FONTS
    from agreements.reports import document

    fonts = '<link rel="stylesheet" href="fonts/fonts.css">'
    (folder / "report.html").write_text(document.html(frozen).replace("</head>", f"{fonts}</head>"))
    (folder / "fonts").mkdir()
    for path in FONTS.iterdir():
        (folder / "fonts" / path.name).write_bytes(path.read_bytes())
    for name, item in document.assets(frozen).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(item if isinstance(item, bytes) else item.read_bytes())


def measure(size: int, rounds: int) -> dict[str, list[Run]]:
    """Both in turn, so many times."""
    frozen = snapshot(size)
    makers: dict[str, Callable[[Path, dict[str, Any]], Run]] = {"ours": ours, "chromium": chromium}
    found: dict[str, list[Run]] = {name: [] for name in makers}
    with tempfile.TemporaryDirectory() as name:
        lay_out(Path(name), frozen)
        for turn in range(rounds):
            for system in sorted(makers, reverse=bool(turn % 2)):
                found[system].append(makers[system](Path(name), frozen))
                print(f"{size} {system}: {found[system][-1]}", file=sys.stderr, flush=True)
    return found


def line(size: int, found: dict[str, list[Run]]) -> str:
    """One row of the table: medians, and ours as a share of Chromium's."""
    cells = [str(size)]
    for name in ("seconds", "peak", "size"):
        values = [median(getattr(run, name) for run in found[system]) for system in ("ours", "chromium")]
        cells.append(f"{values[0]:.1f} / {values[1]:.1f} = {values[0] / values[1]:.2f}")
    return f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.pdf", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 200])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hilversum_afspraken.settings")
    import django

    django.setup()
    watch = Watch()
    print(
        "| commitments | seconds ours / Chromium | peak MB ours / Chromium | kB ours / Chromium |\n|---|---|---|---|"
    )
    for size in options.sizes:
        print(line(size, measure(size, options.rounds)), flush=True)
    print(f"\nOther processes used {watch.others():.0%} of the machine. {json.dumps(facts()['versions'])}")


if __name__ == "__main__":
    main()
