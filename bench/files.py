"""A published report, beside the same file as a static file of the same server: `python -m bench.files`.

Asked in turn: the whole file, the file that the reader has already (304), and the last part of it (206). Every
answer is checked to the byte. Prints a Markdown table, and whether anything was rendered.
"""

import argparse
import http.client
import random
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from agreements.management.children import stop
from bench import machine, place
from bench.printers import pss
from bench.published import NUMBER
from bench.rows import SEED
from bench.servers import Server, command, free_port, launch, make
from bench.stats import ratio
from bench.visitor import ANSWER_SECONDS, LOOPBACK

ADDRESSES = {"published": f"/rapportages/{NUMBER}.pdf", "static": f"/static/{NUMBER}.pdf"}
KILOBYTES = 1000  # about the report of 200 commitments
PART = 64_000
WARM_UPS = 5
HEAD = "| asked | status | kB | published ms | static ms | ratio (95 %) | published CPU ms | static CPU ms |"


@dataclass(frozen=True)
class Ask:
    """What is asked of both addresses: its headers, the status it must have, and the bytes that must come."""

    headers: dict[str, str]
    status: int
    body: bytes


def asks(port: int, address: str, data: bytes) -> dict[str, Ask]:
    """The three questions; the static file has an ETag of its own."""
    found, _ = _answer(port, address, {})
    etag = found.headers["ETag"] or ""
    return {
        "whole": Ask({}, 200, data),
        "again": Ask({"If-None-Match": etag}, 304, b""),
        "part": Ask({"Range": f"bytes=-{PART}"}, 206, data[-PART:]),
    }


def _answer(port: int, address: str, headers: dict[str, str]) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=ANSWER_SECONDS)
    connection.request("GET", address, headers=headers)
    found = connection.getresponse()
    body = found.read()
    connection.close()
    return found, body


def measure(server: Server, data: bytes, rounds: int) -> None:
    """Ask everything in turn, and print a row for each question and the memory of the server."""
    questions = {who: asks(server.port, address, data) for who, address in ADDRESSES.items()}
    pairs = [(name, who) for who in questions for name in questions[who]]
    waited: dict[tuple[str, str], list[float]] = defaultdict(list)
    used: dict[tuple[str, str], list[float]] = defaultdict(list)
    watch, first, most = machine.Watch(), 0.0, 0.0
    for turn in range(WARM_UPS + rounds):
        random.Random(f"{SEED}/{turn}").shuffle(pairs)
        for name, who in pairs:
            before, started = machine.cpu_ms([server.pid]), time.perf_counter()
            ask = questions[who][name]
            found, body = _answer(server.port, ADDRESSES[who], ask.headers)
            seconds = time.perf_counter() - started
            if (found.status, body) != (ask.status, ask.body):
                raise SystemExit(f"{who}, {name}: {found.status} with {len(body)} bytes is not right.")
            if turn >= WARM_UPS:
                waited[name, who].append(seconds * 1000)
                used[name, who].append(machine.cpu_ms([server.pid]) - before)
        most = max(most, _memory(server))
        first = most if turn < WARM_UPS else first
    for name, ask in questions["published"].items():
        _print(name, ask, {who: (waited[name, who], used[name, who]) for who in ADDRESSES})
    print(
        f"\nMemory of the server: {first:.0f} MB after {WARM_UPS} turns, at most {most:.0f} MB in {rounds} more."
    )
    print(f"Processes of the server: {len(machine.family(server.pid))}; a press would be one more.")
    print(f"Other processes used {watch.others():.0%} of the machine.")


def _memory(server: Server) -> float:
    return sum(pss(pid) for pid in machine.family(server.pid))


def _print(name: str, ask: Ask, found: dict[str, tuple[list[float], list[float]]]) -> None:
    (ours, our_cpu), (its, its_cpu) = found["published"], found["static"]
    middle, low, high = ratio(ours, its)
    times = f"{median(ours):.2f} | {median(its):.2f} | {middle:.2f} ({low:.2f}-{high:.2f})"
    processor = f"{median(our_cpu):.2f} | {median(its_cpu):.2f}"
    print(f"| {name} ({ask.status}) | {len(ask.body) / 1000:.0f} | {times} | {processor} |")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.files", description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    rounds = parser.parse_args().rounds
    data = random.Random(SEED).randbytes(KILOBYTES * 1000)
    with tempfile.TemporaryDirectory(prefix="portaal-bench-") as name:
        folder = Path(name)
        env = place.environment(folder, database=place.sqlite(folder, "files"), settings=place.PORTAL)
        server = Server("files", env, free_port())
        make(env, folder, "S", SEED)
        command(env, "django", "collectstatic", "--no-input", "--verbosity", "0")
        (folder / "file").write_bytes(data)
        command(env, "bench.published", str(folder / "file"))
        try:
            launch(server, folder)
            print(f"{HEAD}\n|---|---|---|---|---|---|---|")
            measure(server, data, rounds)
        finally:
            stop([server.child] if server.child else [])


if __name__ == "__main__":
    main()
