"""A PostgreSQL server of our own for the tests: in a new folder, on a UNIX socket, gone afterwards."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hilversum_afspraken import debian

# Speed over safety: a power cut may ruin this database, and nobody will miss it. No TCP port is opened.
SERVER_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
}
START_SECONDS = 60


@contextlib.contextmanager
def temporary_postgres() -> Iterator[str]:
    """Start a server and yield its DATABASE_URL; stop it and remove its files at the end.

    The folder stands directly in /tmp, because a socket's path may have 107 bytes at most.
    """
    programs = Path(debian.find_postgresql())
    folder = Path(tempfile.mkdtemp(prefix="portaal-pg-", dir="/tmp"))
    try:
        identity = _unprivileged(folder)
        _make_cluster(programs, folder, identity)
        with _server(programs, folder, identity):
            yield f"postgres://portaal@/postgres?host={folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> dict[str, Any]:
    """How to start a process that is not root, which PostgreSQL refuses to be; it gets `folder`."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _make_cluster(programs: Path, folder: Path, identity: dict[str, Any]) -> None:
    options = ["--username=portaal", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    command = [str(programs / "initdb"), f"--pgdata={folder / 'data'}", *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **identity)


@contextlib.contextmanager
def _server(programs: Path, folder: Path, identity: dict[str, Any]) -> Iterator[None]:
    options = [f"--{name}={value}" for name, value in SERVER_OPTIONS.items()]
    command = [str(programs / "postgres"), "-D", str(folder / "data"), "-k", str(folder), *options]
    with (folder / "log").open("wb") as log:
        server: subprocess.Popen[bytes] = subprocess.Popen(
            command, stdout=log, stderr=log, cwd="/", **identity
        )
    try:
        _wait_until_ready(programs, folder, server)
        yield
    finally:
        server.send_signal(signal.SIGINT)  # SIGTERM would wait for whoever is still connected
        server.wait(30)


def _wait_until_ready(programs: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    ask = [str(programs / "pg_isready"), "--quiet", f"--host={folder}"]
    deadline = time.monotonic() + START_SECONDS
    while subprocess.run(ask).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            raise SystemExit("PostgreSQL start niet:\n" + (folder / "log").read_text(errors="replace"))
        time.sleep(0.05)
