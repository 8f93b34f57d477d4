"""A process that stands ready for work that must not be done in ours, so that no work waits for its libraries to load.

It is started with the first job of this process, and ends with this process. `forking.py` is what it runs: a child for
every job, with little memory and time, without the portal's secrets.
"""

import atexit
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings


@dataclass(frozen=True)
class Limits:
    """What one job may take: memory in MB, processor seconds, and seconds on the clock."""

    memory_mb: int
    cpu_seconds: int
    seconds: int


class Process:
    """One process that runs `python -m <module>`."""

    def __init__(self, module: str, environment: Mapping[str, str]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="pers-")
        self._log = Path(self._folder.name) / "log"
        self._requests, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        folders = {"HOME": self._folder.name, "TMPDIR": self._folder.name}
        with theirs, self._log.open("w") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", module],
                cwd=settings.BASE_DIR,
                env={"PATH": os.defpath, "LANG": "C.UTF-8", **folders, **environment},  # no secrets
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """Its number, for who wants to measure it."""
        return self._process.pid

    @property
    def log(self) -> str:
        """What it wrote itself: why it could not start, for the manager."""
        return self._log.read_text()

    def is_running(self) -> bool:
        """False when it ended by itself."""
        return self._process.poll() is None

    def ask(self, limits: Limits, *handles: int) -> None:
        """Start a child that gets these three handles: connection, log, paper. BrokenPipeError when we are gone."""
        request = {"memory_mb": limits.memory_mb, "cpu_seconds": limits.cpu_seconds}
        socket.send_fds(self._requests, [json.dumps(request).encode()], handles)

    def close(self) -> None:
        """End the process and every child that it still has."""
        self._requests.close()
        self._process.wait()
        self._folder.cleanup()


class Standby:
    """The process for one kind of work; a new one when there is none yet or when it broke."""

    def __init__(self, module: str, **environment: str) -> None:
        self._module, self._environment = module, environment
        self._process: Process | None = None
        self._starting = threading.Lock()
        atexit.register(self.close)

    def ready(self) -> Process:
        """The process, running."""
        with self._starting:
            if self._process is None or not self._process.is_running():
                self.close()
                self._process = Process(self._module, self._environment)
            return self._process

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.close()
            self._process = None

    def do(
        self, paper: IO[bytes], limits: Limits, on_message: Callable[[dict[str, Any]], None] | None = None
    ) -> tuple[dict[str, Any], int | None, str]:
        """Let a child do the job that stands on `paper`; what it makes it may write there instead.

        Returns the last thing it said ({} when it never spoke), how it ended (None: the process broke) and its log.
        `on_message` gets everything it says. The child never outlives this call.
        """
        process = self.ready()
        ours, theirs = socket.socketpair()
        with ours, tempfile.TemporaryFile("w+") as log:
            with theirs, suppress(BrokenPipeError):  # then nobody answers
                process.ask(limits, theirs.fileno(), log.fileno(), paper.fileno())
            clock = threading.Timer(limits.seconds, _hang_up, [ours])
            clock.start()
            try:
                said, ended = _follow(ours, on_message or (lambda message: None))
            finally:
                clock.cancel()
                _hang_up(ours)
                while ours.recv(4096):  # until the process says that the child is gone
                    pass
            log.seek(0)
            return said, ended, log.read() or ("" if process.is_running() else process.log)


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):  # the other side may be first
        connection.shutdown(socket.SHUT_WR)


def _follow(
    connection: socket.socket, on_message: Callable[[dict[str, Any]], None]
) -> tuple[dict[str, Any], int | None]:
    message: dict[str, Any] = {}
    with connection.makefile() as lines:
        for line in lines:
            heard = json.loads(line)
            if "exit" in heard:
                return message, heard["exit"]
            message = heard
            on_message(message)
    return message, None
