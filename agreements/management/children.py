"""Programs that run beside a command and end with it: the web server and the worker of the demo."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

STOP_SECONDS = 10
LOG_LINES = 15


@dataclass
class Child:
    """A running program: its Dutch name, its process (leader of a group of its own) and its log."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def last_words(self) -> str:
        """The end of its log."""
        lines = self.log.read_text(errors="replace").splitlines()
        return "\n".join(lines[-LOG_LINES:])

    def signal(self, number: int) -> None:
        """Send a signal to the program and to whatever it started itself."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)


def start(name: str, command: Sequence[str], *, log: Path, folder: Path, env: dict[str, str]) -> Child:
    """Start a program with its output in `log`. Its own group: Ctrl-C reaches us only, and we pass it on."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    return Child(name, process, log)


def first_ended(children: Sequence[Child]) -> Child | None:
    """A child that is no longer there, if any."""
    return next((child for child in children if child.has_ended), None)


def stop(children: Sequence[Child]) -> None:
    """Ask all to stop, wait, and end what is still there. A task that is cut off starts again next time."""
    for child in children:
        child.signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.process.wait(max(0.1, deadline - time.monotonic()))
        child.signal(signal.SIGKILL)
        child.process.wait()


class Stopped(BaseException):
    """Somebody asked this command to stop. No Exception: an `except Exception` on the way must not keep it."""


def raise_on_signals() -> None:
    """From now on Ctrl-C, SIGTERM and a closing terminal raise Stopped in the main thread, once."""
    names = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def raise_stopped(number: int, frame: object) -> None:
        for name in names:
            signal.signal(name, signal.SIG_IGN)  # a second Ctrl-C must not interrupt the stopping
        raise Stopped

    for name in names:
        signal.signal(name, raise_stopped)
