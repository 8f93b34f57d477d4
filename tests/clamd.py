"""A small server that speaks the INSTREAM command of clamd(8), over a real socket."""

import socketserver
import struct
from pathlib import Path
from threading import Thread
from typing import Any

from tests.attack.files import EICAR


class Scanner:
    """Listens on a Unix socket or on TCP. `seen` is what it was given; `answer` replaces what it would say."""

    def __init__(self, folder: Path, *, is_tcp: bool = False):
        self.seen: list[bytes] = []
        self.answer: bytes | None = None
        scanner = self

        class Conversation(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                data = _streamed(self.rfile)
                scanner.seen.append(data)
                said = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in data else b"stream: OK\0"
                self.wfile.write(said if scanner.answer is None else scanner.answer)

        path = str(folder / "clamd.ctl")
        if is_tcp:
            self._server: Any = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation)
            self.address = f"tcp://127.0.0.1:{self._server.server_address[1]}"
        else:
            self._server = socketserver.ThreadingUnixStreamServer(path, Conversation)
            self.address = f"unix://{path}"
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    def open(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _streamed(line: Any) -> bytes:
    """The file that was sent: pieces, each behind its length, until a length of 0."""
    command = line.read(10)
    assert command == b"zINSTREAM\0", command
    found = b""
    while size := struct.unpack("!I", line.read(4))[0]:
        found += line.read(size)
    return found
