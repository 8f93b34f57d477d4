"""Who makes a PDF of the same HTML: the portal in its press, Chromium, and WeasyPrint as it comes."""

import itertools
import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.machine import PROC, family

CHROMIUM = [
    "--headless",
    "--disable-gpu",
    "--no-sandbox",
    "--no-pdf-header-footer",
    "--disable-dev-shm-usage",
]
TITLES = itertools.count(1)
TICK = os.sysconf("SC_CLK_TCK")
# Runs outside the portal: what `pip install weasyprint` gives, with its own PDF/A-3a and its own tags.
PLAIN = """
import gc, pickle, sys
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from agreements.pdf.assets import BASE_URL, AssetFetcher
from agreements.pdf.text import FONTS
html, assets = pickle.load(sys.stdin.buffer)
gc.disable()
fonts = {f"fonts/{path.name}": path.read_bytes() for path in FONTS.iterdir()}
fetcher, known = AssetFetcher(assets | fonts), FontConfiguration()
sheet = CSS(url=BASE_URL + "fonts/fonts.css", url_fetcher=fetcher, font_config=known)
sys.stdout.write("ready\\n"), sys.stdout.flush(), sys.stdin.buffer.read()
document = HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher)
data = document.write_pdf(font_config=known, stylesheets=[sheet], pdf_variant="pdf/a-3a", pdf_tags=True)
sys.stdout.write(f"{len(data)}\\n")
"""


@dataclass(frozen=True)
class Run:
    """One document made: seconds, processor seconds, peak memory (PSS) in MB and size in kB."""

    seconds: float
    cpu: float
    peak: float
    size: float


class Watcher:
    """Watches a family of processes, ten times a second: its largest memory and its processor time.

    `is_ours`: the family is this process; what it used before, and what watching takes, does not count.
    """

    def __init__(self, pid: int, *, is_ours: bool = False):
        self._pid, self._over = pid, threading.Event()
        self._ticks: dict[int, int] = {}
        self._own = 0.0
        self._peak, self._started = 0.0, time.monotonic()
        self._before = pss(pid) if is_ours else 0.0
        self._look()
        self._first = sum(self._ticks.values()) if is_ours else 0
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self, size: int) -> Run:
        seconds = time.monotonic() - self._started
        self._over.set()
        self._thread.join()
        self._look()
        cpu = (sum(self._ticks.values()) - self._first) / TICK - self._own
        return Run(seconds, cpu, self._peak - self._before, size / 1000)

    def _watch(self) -> None:
        while not self._over.wait(0.1):
            self._look()
        if self._pid == os.getpid():
            self._own = time.thread_time()

    def _look(self) -> None:
        members = family(self._pid)
        for pid in members:
            self._ticks[pid] = max(self._ticks.get(pid, 0), ticks_of(pid))
        self._peak = max(self._peak, sum(pss(pid) for pid in members))


def ticks_of(pid: int) -> int:
    """Processor time of this process alone, in ticks."""
    try:
        after_name = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0  # it ended meanwhile
    return sum(int(ticks) for ticks in after_name[11:13])


def pss(pid: int) -> float:
    """Memory of this process, shared pages counted for a part, in MB."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("Pss:")), 0)


def ours(folder: Path, frozen: dict[str, Any]) -> Run:
    """The report as the worker makes it: HTML, charts, attachments, and the PDF in a child of the press."""
    from agreements.reports import document

    watcher = Watcher(os.getpid(), is_ours=True)
    return watcher.stop(len(document.render(frozen, on_progress=lambda page: None).data))


def afresh(folder: Path, frozen: dict[str, Any]) -> Run:
    """The same with another title, so that nothing of an earlier one can be used."""
    return ours(folder, frozen | {"report": frozen["report"] | {"title": f"Meting {next(TITLES)}"}})


def chromium(folder: Path, frozen: dict[str, Any]) -> Run:
    """The same HTML, printed by Chromium."""
    from hilversum_afspraken.debian import find_browser

    target = folder / "chromium.pdf"
    command = [str(find_browser()), *CHROMIUM, f"--user-data-dir={folder / 'profile'}"]
    command += [f"--print-to-pdf={target}", (folder / "report.html").as_uri()]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        watcher = Watcher(process.pid)
        process.wait()
    return watcher.stop(target.stat().st_size)


def plain(folder: Path, frozen: dict[str, Any]) -> Run:
    """The same HTML by WeasyPrint as it comes, in a process that has it loaded."""
    from agreements.reports import document

    files = document.assets(frozen)
    assets = {name: item if isinstance(item, bytes) else item.read_bytes() for name, item in files.items()}
    with _plain_process() as process:
        assert process.stdin
        assert process.stdout
        pickle.dump((document.html(frozen), assets), process.stdin)
        process.stdin.flush()
        process.stdout.readline()
        watcher = Watcher(process.pid, is_ours=True)
        process.stdin.close()
        size = int(process.stdout.readline())
        return watcher.stop(size)


@contextmanager
def _plain_process() -> Iterator[subprocess.Popen[bytes]]:
    from agreements.pdf.render import FONT_CONFIGURATION

    environment = os.environ | {"FONTCONFIG_FILE": str(FONT_CONFIGURATION)}
    command = [sys.executable, "-W", "ignore", "-c", PLAIN]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        yield process


PRINTERS: dict[str, Callable[[Path, dict[str, Any]], Run]] = {
    "ours": afresh,
    "chromium": chromium,
    "plain": plain,
}
