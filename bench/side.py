"""The portal beside the anchor, turn by turn in one run: `python -m bench.side --size M --db sqlite`.

Prints a Markdown table and adds a line to bench/history.jsonl. See bench/README.md for how to read it.
"""

import argparse
import json
import random
import sys
import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from agreements.management.children import Stopped, raise_on_signals
from bench import machine, table
from bench.rows import SEED, SIZES, fingerprint, rows
from bench.scenarios import SYSTEMS, Expected, Scenario
from bench.servers import Server, command, running
from bench.visitor import HttpVisitor, TooMuch

WARM_UPS = 3
MOST_SECONDS = 900
SYSTEM_OF = {"ours": "portal", "ours again": "portal", "admin": "admin"}
HISTORY = Path(__file__).with_name("history.jsonl")
Times = dict[
    tuple[str, str], list[tuple[float, float]]
]  # {(scenario, system): [(ms waited, ms of processor)]}


class Asker:
    """Asks one server its scenarios, as a guest and as someone who is logged in."""

    def __init__(self, server: Server, expected: Expected, database: list[int]):
        system = SYSTEMS[SYSTEM_OF[server.name]](expected)
        self.pids = [server.pid, *database]
        self.guest, self.member = HttpVisitor(server.port), HttpVisitor(server.port)
        system.log_in(self.member)
        self.scenarios: dict[str, Scenario] = system.scenarios()

    def ask(self, name: str, turn: int) -> tuple[float, float]:
        """One request: (milliseconds until the last byte, milliseconds of processor); Wrong when it is not right."""
        scenario = self.scenarios[name]
        visitor = self.member if scenario.is_member else self.guest
        request = scenario.prepare(visitor, turn)
        before = machine.cpu_ms(self.pids)
        answer = visitor.ask(request)
        used = machine.cpu_ms(self.pids) - before
        scenario.check(visitor, turn, answer)
        return answer.seconds * 1000, used


def take_turns(askers: dict[str, Asker], rounds: int, seed: int) -> tuple[Times, str]:
    """Ask everything once a round, in a new order each round: the times, and why it ended early ("" when not)."""
    times: Times = defaultdict(list)
    pairs = [(name, who) for who, asker in askers.items() for name in asker.scenarios]
    deadline = time.monotonic() + MOST_SECONDS
    for turn in range(WARM_UPS + rounds):
        random.Random(f"{seed}/{turn}").shuffle(pairs)
        for name, who in pairs:
            try:
                measured = askers[who].ask(name, turn)
            except TooMuch as cap:
                return times, str(cap)
            if turn >= WARM_UPS:
                times[name, who].append(measured)
        if time.monotonic() > deadline:
            return times, f"more than {MOST_SECONDS} seconds"
    return times, ""


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """One whole run, as the record that goes to the history."""
    expected = Expected(SIZES[options.size], options.seed)
    with running(options.db, options.size, options.seed) as (servers, database):
        askers = {name: Asker(server, expected, database) for name, server in servers.items()}
        watch = machine.Watch()
        times, cut_off = take_turns(askers, options.rounds, options.seed)
        others = watch.others()
        counted = {name: _counted(servers[name], options) for name in ("ours", "admin")}
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "size": options.size,
        "database": options.db,
        "rounds": options.rounds,
        "rows": fingerprint(rows(SIZES[options.size], options.seed)),
        **machine.facts(),
        "others": round(others, 3),
        "cut_off": cut_off,
        "scenarios": {name: table.result(name, times, counted) for name in askers["ours"].scenarios},
    }


def _counted(server: Server, options: argparse.Namespace) -> dict[str, dict[str, int]]:
    arguments = [SYSTEM_OF[server.name], "--size", options.size, "--seed", str(options.seed)]
    found: dict[str, dict[str, int]] = json.loads(command(server.env, "bench.statements", *arguments))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench.side", description="Measure beside plain Django admin."
    )
    parser.add_argument("--size", choices=SIZES, default="M")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--db", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--history", type=Path, default=HISTORY, help="file that gets a line with the result")
    options = parser.parse_args()
    raise_on_signals()  # a stopped run stops its servers as well
    try:
        record = measure(options)
    except Stopped:
        sys.exit("Stopped. Nothing was recorded.")
    record["faults"] = table.faults(record)
    print(table.markdown(record))
    with options.history.open("a", encoding="utf-8") as history:
        history.write(json.dumps(record, sort_keys=True) + "\n")
    sys.exit(1 if record["faults"] else 0)


if __name__ == "__main__":
    main()
