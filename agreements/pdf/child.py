"""The process that renders: `python -m agreements.pdf.child`, with a socket as its standard input.

It loads WeasyPrint and the fonts once, which takes longer than a short document, and forks a child for each PDF.
A request is one message, {"folder", "memory_mb", "cpu_seconds"}, that carries two handles: the connection of
this one PDF and its log. The child reads job.json in the folder, writes document.pdf beside it, and says one
JSON object a line: {"page": 3} while it works, then {"pages": 12}, {"broken": "why, in Dutch"} or
{"no_memory": true}. The last line, {"exit": 0}, is ours. Who hangs up ends the child; who closes our standard
input ends us. No Django, no secrets, no network.
"""

import base64
import gc
import json
import os
import resource
import selectors
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from agreements.pdf import lean  # noqa: F401 before WeasyPrint is loaded

# isort: split
from agreements.pdf import engine

LONGEST_REQUEST = 4096


@dataclass(frozen=True)
class Birth:
    """A child that renders: its process, and the connection to who asked for it."""

    pid: int
    connection: socket.socket


def serve(requests: socket.socket) -> None:
    """Fork a child for every request, until nobody can ask any more."""
    watched = selectors.DefaultSelector()
    watched.register(requests, selectors.EVENT_READ)
    while True:
        for key, _ in watched.select():
            if key.fileobj is requests:
                if not _take(requests, watched):
                    _end_all(watched)
                    return
            elif isinstance(key.data, Birth) and key.fileobj is key.data.connection:
                os.kill(key.data.pid, signal.SIGKILL)  # not waited for yet, so it is still this process
                watched.unregister(key.fileobj)
            else:
                _bury(key.data, key.fd, watched)


def _take(requests: socket.socket, watched: selectors.DefaultSelector) -> bool:
    """Start what is asked for; False when the other side is gone."""
    message, handles, _, _ = socket.recv_fds(requests, LONGEST_REQUEST, 2)
    if not message:
        return False
    connection, log = handles
    pid = os.fork()
    if pid == 0:
        watched.close()
        requests.close()
        _be_child(connection, log, **json.loads(message))
    os.close(log)
    birth = Birth(pid, socket.socket(fileno=connection))
    watched.register(os.pidfd_open(pid), selectors.EVENT_READ, birth)
    watched.register(birth.connection, selectors.EVENT_READ, birth)
    return True


def _bury(birth: Birth, handle: int, watched: selectors.DefaultSelector) -> None:
    """Tell how the child ended."""
    _, status = os.waitpid(birth.pid, 0)
    watched.unregister(handle)
    os.close(handle)
    if birth.connection in watched.get_map():
        watched.unregister(birth.connection)
    farewell = json.dumps({"exit": os.waitstatus_to_exitcode(status)}) + "\n"
    with suppress(OSError):  # perhaps nobody listens any more
        birth.connection.sendall(farewell.encode())
    birth.connection.close()


def _end_all(watched: selectors.DefaultSelector) -> None:
    for key in watched.get_map().values():
        if isinstance(key.data, Birth):
            os.kill(key.data.pid, signal.SIGKILL)


def _be_child(connection: int, log: int, folder: str, memory_mb: int, cpu_seconds: int) -> None:
    """Render one PDF and end this process, whatever happens."""
    try:
        os.dup2(connection, sys.stdout.fileno())
        os.dup2(log, sys.stderr.fileno())
        _limit(memory_mb, cpu_seconds)
        _say(**_render(Path(folder)))
    except MemoryError:
        _say(no_memory=True)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


def _limit(memory_mb: int, cpu_seconds: int) -> None:
    # The parent keeps the wall clock. These hold when the parent itself is gone.
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _render(folder: Path) -> dict[str, Any]:
    try:
        content, pages = engine.make_pdf(_read_job(folder), lambda page: _say(page=page))
    except engine.BrokenInput as error:
        return {"broken": str(error)}
    (folder / "document.pdf").write_bytes(content)
    return {"pages": pages}


def _read_job(folder: Path) -> engine.Job:
    values = json.loads((folder / "job.json").read_text())
    values["assets"] = {name: base64.b64decode(content) for name, content in values["assets"].items()}
    for attachment in values["attachments"]:
        attachment["content"] = base64.b64decode(attachment["content"])
    values["created"] = datetime.fromisoformat(values["created"])
    return engine.Job(**values)


def _say(**message: Any) -> None:
    print(json.dumps(message), flush=True)


def main() -> None:
    """Get ready, then serve who started us."""
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, signal.SIG_IGN)  # a worker that is asked to stop ends its last task first
    gc.disable()  # a child ends after one document; collecting costs 14 % (measured)
    engine.get_ready()
    gc.freeze()  # what the children share stays shared
    serve(socket.socket(fileno=sys.stdin.fileno()))


if __name__ == "__main__":
    main()
