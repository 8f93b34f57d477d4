"""Databases with the same rows, and a web server on each of them. All stop when the measurement stops."""

import contextlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from agreements.management.children import Child, start, stop
from bench import place
from bench.rows import SIZES, fingerprint, rows
from bench.visitor import LOOPBACK
from hilversum_afspraken.pgtemp import temporary_postgres

READY_SECONDS = 60
SETTINGS = {"ours": place.PORTAL, "ours again": place.PORTAL, "admin": place.ADMIN}
READY = {place.PORTAL: "/uitleg/", place.ADMIN: "/admin/login/"}
OPTIONS = "--interface wsgi --workers 1 --blocking-threads 4 --backpressure 64 --no-ws --log-level warning"


@dataclass
class Server:
    """One system while it runs: its environment, and its process once it was started."""

    name: str
    env: dict[str, str]
    port: int
    child: Child | None = None

    @property
    def settings(self) -> str:
        return self.env["DJANGO_SETTINGS_MODULE"]

    @property
    def pid(self) -> int:
        assert self.child
        return self.child.process.pid


@contextlib.contextmanager
def running(kind: str, size: str, seed: int) -> Iterator[tuple[dict[str, Server], list[int]]]:
    """Yield the servers by name and the process ids of the database server; `kind` is sqlite or postgres."""
    with tempfile.TemporaryDirectory(prefix="portaal-bench-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        databases = stack.enter_context(_databases(kind, folder))
        servers = {
            name: Server(
                name,
                place.environment(folder, database=databases[name], settings=SETTINGS[name]),
                free_port(),
            )
            for name in SETTINGS
        }
        for server in servers.values():
            make(server.env, folder, size, seed)
        command(servers["admin"].env, "django", "collectstatic", "--no-input", "--verbosity", "0")
        stack.callback(lambda: stop([server.child for server in servers.values() if server.child]))
        for server in servers.values():
            launch(server, folder)
        yield servers, _postgres_pids(databases)


@contextlib.contextmanager
def _databases(kind: str, folder: Path) -> Iterator[dict[str, str]]:
    """A DATABASE_URL for each system."""
    if kind == "sqlite":
        yield {name: place.sqlite(folder, name.replace(" ", "-")) for name in SETTINGS}
        return
    with temporary_postgres() as url:
        found = {name: name.replace(" ", "_") for name in SETTINGS}
        with psycopg.connect(url, autocommit=True) as connection:
            for database in found.values():
                connection.execute(f"CREATE DATABASE {database}")
        yield {name: url.replace("/postgres?", f"/{database}?") for name, database in found.items()}


def _postgres_pids(databases: dict[str, str]) -> list[int]:
    """The process of the database server, whose children do the work; none for SQLite."""
    url = databases["ours"]
    if not url.startswith("postgres"):
        return []
    data = Path(url.rpartition("host=")[2]) / "data" / "postmaster.pid"
    return [int(data.read_text().splitlines()[0])]


def make(env: dict[str, str], folder: Path, size: str, seed: int) -> None:
    """Make the database of one system; it must come out with the fingerprint of the rows."""
    database = env["DATABASE_URL"]
    options = ["--size", size, "--seed", str(seed), "--folder", str(folder), "--database", database]
    printed = command(env, "bench.make", *options)
    if fingerprint(rows(SIZES[size], seed)) not in printed:
        raise SystemExit(f"The systems do not hold the same rows:\n{printed}")


def command(env: dict[str, str], module: str, *options: str) -> str:
    """Run a Python module in this environment and return what it prints."""
    line = [sys.executable, "-m", module, *options]
    done = subprocess.run(line, env=env, cwd=place.BASE, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{module} failed:\n{done.stderr[-3000:]}")
    return done.stdout


def launch(server: Server, folder: Path) -> None:
    """Start the web server of one system and wait until it answers; SystemExit when it does not."""
    where = ["--host", LOOPBACK, "--port", str(server.port)]
    line = [sys.executable, "-m", "granian", *where, *OPTIONS.split(), "hilversum_afspraken.wsgi:application"]
    log = folder / "log" / f"{server.name}.log"
    server.child = start(server.name, line, log=log, folder=place.BASE, env=server.env)
    address = f"http://{LOOPBACK}:{server.port}{READY[server.settings]}"
    deadline = time.monotonic() + READY_SECONDS
    while not _answers(address):
        if server.child.has_ended or time.monotonic() > deadline:
            raise SystemExit(f"{server.name} does not answer:\n{server.child.last_words()}")
        time.sleep(0.1)


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5).close()
    except OSError:
        return False
    return True


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
    return port
