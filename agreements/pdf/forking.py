"""What a process that stands ready runs (`standby.py`): a child for every job, forked from what is loaded already.

A request is one message, {"memory_mb", "cpu_seconds"}, that carries three handles: the connection of this one job,
its log, and its paper: the file in which the job stands. The child says one JSON object a line, as it works and as
its answer; {"no_memory": true} when there was none left. The last line, {"exit": 0}, is ours. Who hangs up ends the
child; who closes our standard input ends us. No Django, no secrets, no network.
"""

import gc
import json
import os
import resource
import selectors
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Any

LONGEST_REQUEST = 4096
Work = Callable[[IO[bytes]], dict[str, Any]]  # does the job on the paper and gives the answer


@dataclass(frozen=True)
class Birth:
    """A child at work: its process, and the connection to who asked for it."""

    pid: int
    connection: socket.socket


def stand_ready(work: Work) -> None:
    """Serve who started us, with everything loaded that `work` needs."""
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, signal.SIG_IGN)  # a worker that is asked to stop ends its last task first
    gc.disable()  # a child ends after one job; collecting costs 14 % (measured)
    gc.freeze()  # what the children share stays shared
    _serve(socket.socket(fileno=sys.stdin.fileno()), work)


def say(**message: Any) -> None:
    """Tell who asked for this job."""
    print(json.dumps(message), flush=True)


def _serve(requests: socket.socket, work: Work) -> None:
    """Fork a child for every request, until nobody can ask any more."""
    watched = selectors.DefaultSelector()
    watched.register(requests, selectors.EVENT_READ)
    while True:
        for key, _ in watched.select():
            if key.fileobj is requests:
                if not _take(requests, watched, work):
                    _end_all(watched)
                    return
            elif isinstance(key.data, Birth) and key.fileobj is key.data.connection:
                os.kill(key.data.pid, signal.SIGKILL)  # not waited for yet, so it is still this process
                watched.unregister(key.fileobj)
            else:
                _bury(key.data, key.fd, watched)


def _take(requests: socket.socket, watched: selectors.DefaultSelector, work: Work) -> bool:
    """Start what is asked for; False when the other side is gone."""
    message, handles, _, _ = socket.recv_fds(requests, LONGEST_REQUEST, 3)
    if not message:
        return False
    connection, log, paper = handles
    pid = os.fork()
    if pid == 0:
        _forget(watched)
        _be_child(work, connection, log, paper, **json.loads(message))
    os.close(log)
    os.close(paper)
    birth = Birth(pid, socket.socket(fileno=connection))
    watched.register(os.pidfd_open(pid), selectors.EVENT_READ, birth)
    watched.register(birth.connection, selectors.EVENT_READ, birth)
    return True


def _forget(watched: selectors.DefaultSelector) -> None:
    """Close what belongs to others: a child knows its own job only."""
    for handle in [key.fd for key in watched.get_map().values()]:
        os.close(handle)
    watched.close()


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


def _be_child(work: Work, connection: int, log: int, paper: int, memory_mb: int, cpu_seconds: int) -> None:
    """Do one job and end this process, whatever happens."""
    try:
        os.dup2(connection, sys.stdout.fileno())
        os.dup2(log, sys.stderr.fileno())
        _limit(memory_mb, cpu_seconds)
        with open(paper, "r+b") as job:
            job.seek(0)
            say(**work(job))
    except MemoryError:
        say(no_memory=True)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


def _limit(memory_mb: int, cpu_seconds: int) -> None:
    # The parent keeps the wall clock. These hold when the parent itself is gone.
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
