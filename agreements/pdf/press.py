"""The press: a process that stands ready to render, so that no PDF has to wait for WeasyPrint to load.

It is started with the first PDF of this process, and ends with this process. `child.py` is what it runs.
"""

import atexit
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from django.conf import settings

FONT_CONFIGURATION = Path(__file__).parent / "fonts" / "fonts.conf"


class Press:
    """A process that has WeasyPrint and the fonts loaded."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="pers-")
        self._log = Path(self._folder.name) / "log"
        self._requests, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs, self._log.open("w") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "agreements.pdf.child"],
                cwd=settings.BASE_DIR,
                # No secrets of the portal, and no fonts of the machine.
                env={
                    "PATH": os.defpath,
                    "HOME": self._folder.name,
                    "TMPDIR": self._folder.name,
                    "LANG": "C.UTF-8",
                    "FONTCONFIG_FILE": str(FONT_CONFIGURATION),
                    "SOURCE_DATE_EPOCH": "0",  # else fontTools writes the time of rendering in each font
                },
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The process, for who wants to measure it."""
        return self._process.pid

    @property
    def log(self) -> str:
        """What it wrote itself: why it could not start, for the manager."""
        return self._log.read_text()

    def is_running(self) -> bool:
        """False when it ended by itself."""
        return self._process.poll() is None

    def ask(self, folder: Path, connection: socket.socket, log: IO[str]) -> None:
        """Start a child for the job in the folder. BrokenPipeError when the press is gone."""
        limits = {"memory_mb": settings.PDF_MEMORY_MB, "cpu_seconds": settings.PDF_TIMEOUT}
        request = json.dumps({"folder": str(folder)} | limits).encode()
        socket.send_fds(self._requests, [request], [connection.fileno(), log.fileno()])

    def close(self) -> None:
        """End the process and every child that it still has."""
        self._requests.close()
        self._process.wait()
        self._folder.cleanup()


_press: Press | None = None
_starting = threading.Lock()


def ready() -> Press:
    """The press of this process; a new one when there is none yet or when it broke."""
    global _press
    with _starting:
        if _press is None or not _press.is_running():
            close()
            _press = Press()
        return _press


@atexit.register
def close() -> None:
    """End the press of this process, if there is one."""
    global _press
    if _press is not None:
        _press.close()
        _press = None


def print_job(folder: Path, on_page: Callable[[int], None]) -> tuple[dict[str, Any], int | None, str]:
    """Let a child do the job in the folder.

    Returns the last thing it said ({} when it never spoke), how it ended (None: the press broke) and its log.
    The child never outlives this call.
    """
    press = ready()
    ours, theirs = socket.socketpair()
    with ours, (folder / "log").open("w+") as log:
        with theirs, suppress(BrokenPipeError):  # then nobody answers
            press.ask(folder, theirs, log)
        clock = threading.Timer(settings.PDF_TIMEOUT, _hang_up, [ours])
        clock.start()
        try:
            said, ended = _follow(ours, on_page)
        finally:
            clock.cancel()
            _hang_up(ours)
            while ours.recv(4096):  # until the press says that the child is gone
                pass
        log.seek(0)
        return said, ended, log.read() or ("" if press.is_running() else press.log)


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):  # the other side may be first
        connection.shutdown(socket.SHUT_WR)


def _follow(connection: socket.socket, on_page: Callable[[int], None]) -> tuple[dict[str, Any], int | None]:
    message: dict[str, Any] = {}
    with connection.makefile() as lines:
        for line in lines:
            heard = json.loads(line)
            if "exit" in heard:
                return message, heard["exit"]
            message = heard
            if "page" in message:
                on_page(message["page"])
    return message, None
