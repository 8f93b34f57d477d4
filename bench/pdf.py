"""A report as PDF, beside Chromium's print-to-pdf and WeasyPrint as it comes, of the same HTML.

`python -m bench.pdf` runs everything, `--only side --sizes 50` a part. All take turns, so that a busy machine slows
all; the press is warm, as in the worker. Chromium makes no PDF/A, no attachments and no seal field: it does less work.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from statistics import median

from bench.machine import Watch, facts
from bench.paper import lay_out, snapshot
from bench.printers import PRINTERS, Run, afresh, ours

# What must hold, ours as a share of the other: (other, commitments, what): at most.
TARGETS = {
    ("chromium", 50, "seconds"): 2.2,
    ("chromium", 50, "peak"): 0.35,
    ("chromium", 50, "size"): 0.3,
    ("chromium", 200, "seconds"): 4,
    ("chromium", 200, "peak"): 0.7,
    ("chromium", 200, "size"): 0.3,
    ("plain", 50, "cpu"): 1.1,
}
GROWTH = (100, 500, 5.2)
CHANGED = (500, 0.35)
HEAD = "| commitments | other | what | ours | other | ratio | target |\n|---|---|---|---|---|---|---|"
UNITS = {"seconds": "s", "cpu": "s", "peak": "MB", "size": "kB"}


def in_turn(size: int, rounds: int, names: list[str]) -> dict[str, list[Run]]:
    """Each of these in turn, so many times."""
    frozen = snapshot(size)
    found: dict[str, list[Run]] = {name: [] for name in names}
    with tempfile.TemporaryDirectory() as name:
        lay_out(Path(name), frozen)
        for turn in range(rounds):
            for printer in sorted(names, reverse=bool(turn % 2)):
                found[printer].append(PRINTERS[printer](Path(name), frozen))
                print(f"{size} {printer}: {found[printer][-1]}", file=sys.stderr, flush=True)
    return found


def side(size: int, rounds: int, other: str) -> None:
    """Rows of the table: medians, and ours as a share of the other."""
    found = in_turn(size, rounds, ["ours", other])
    for what, unit in UNITS.items():
        mine, its = (median(getattr(run, what) for run in found[name]) for name in ("ours", other))
        row = [size, other, f"{what} ({unit})", f"{mine:.2f}", f"{its:.2f}", f"{mine / its:.2f}"]
        print(f"| {' | '.join(map(str, row))} | {TARGETS.get((other, size, what), '')} |", flush=True)


def growth(rounds: int) -> None:
    """How much longer five times as many commitments take."""
    small, large, target = GROWTH
    frozen = {size: snapshot(size) for size in (small, large)}
    runs: dict[int, list[Run]] = {small: [], large: []}
    for _ in range(rounds):
        for size in runs:
            runs[size].append(afresh(Path(), frozen[size]))
            print(f"{size} ours: {runs[size][-1]}", file=sys.stderr, flush=True)
    for what in ("seconds", "cpu", "peak"):
        few, many = (median(getattr(run, what) for run in runs[size]) for size in (small, large))
        row = [large, f"{small} commitments", what, f"{many:.2f}", f"{few:.2f}", f"{many / few:.2f}"]
        print(f"| {' | '.join(map(str, row))} | {target if what == 'seconds' else ''} |", flush=True)


def changed(rounds: int) -> None:
    """How much of the time a new draft takes when one commitment changed, in a press that made the one before."""
    size, target = CHANGED
    before, after = snapshot(size), snapshot(size, number="METING-2", answer="Het loopt nu anders dan eerst.")
    runs: dict[str, list[Run]] = {"whole": [], "after one change": []}
    for turn in range(rounds):
        for frozen in (before, after):
            frozen["report"]["title"] = f"Ronde {turn}"
        runs["whole"].append(ours(Path(), before))
        runs["after one change"].append(ours(Path(), after))
        print(f"{size}: {[made[-1] for made in runs.values()]}", file=sys.stderr, flush=True)
    for what in ("seconds", "cpu", "peak"):
        whole, part = (median(getattr(run, what) for run in made) for made in runs.values())
        row = [
            size,
            "made whole",
            f"{what}, one changed",
            f"{part:.2f}",
            f"{whole:.2f}",
            f"{part / whole:.2f}",
        ]
        print(f"| {' | '.join(map(str, row))} | {target if what == 'seconds' else ''} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.pdf", description=__doc__)
    parser.add_argument(
        "--only", nargs="+", choices=["side", "plain", "growth", "changed"],
        default=["side", "plain", "growth", "changed"],
    )  # fmt: skip
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 200])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hilversum_afspraken.settings")
    import django

    django.setup()
    ours(Path(), snapshot(1))  # starts the press, as the first report of the worker does
    watch = Watch()
    print(HEAD)
    if "side" in options.only:
        for size in options.sizes:
            side(size, options.rounds, "chromium")
    if "plain" in options.only:
        side(50, options.rounds, "plain")
    if "growth" in options.only:
        growth(1)
    if "changed" in options.only:
        changed(options.rounds)
    print(f"\nOther processes used {watch.others():.0%} of the machine. {json.dumps(facts()['versions'])}")


if __name__ == "__main__":
    main()
