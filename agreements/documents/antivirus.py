"""Asking ClamAV whether a file is harmful: the INSTREAM command of clamd(8), over a socket. Off without PORTAAL_CLAMAV."""

import socket
import struct
from urllib.parse import urlsplit

import structlog
from django.conf import settings

SECONDS = 20  # for each step of the conversation
CHUNK = 1 << 16
LONGEST_ANSWER = 4096
log = structlog.get_logger("agreements.documents")


class NotScanned(Exception):
    """ClamAV could not be asked, or did not look."""


def is_harmful(data: bytes) -> bool:
    """Whether ClamAV knows something harmful in these bytes; False when it is switched off. NotScanned when it fails."""
    if not settings.CLAMAV:
        return False
    try:
        answer = _ask(data)
    except OSError as error:
        log.exception("clamav_not_reached", error=type(error).__name__)
        raise NotScanned from error
    if answer.endswith(" FOUND"):
        log.warning("harmful_file_refused", found=answer)
        return True
    if answer != "stream: OK":
        log.error("clamav_did_not_look", answer=answer)
        raise NotScanned(answer)
    return False


def _ask(data: bytes) -> str:
    with _connected() as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), CHUNK):
            piece = data[start : start + CHUNK]
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
        return _until_nul(line)


def _connected() -> socket.socket:
    """A line to `unix:///run/clamav/clamd.ctl` or `tcp://127.0.0.1:3310`."""
    address = urlsplit(settings.CLAMAV)
    if address.scheme == "tcp":
        return socket.create_connection((address.hostname, address.port or 3310), timeout=SECONDS)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(SECONDS)
    try:
        line.connect(address.path)
    except OSError:
        line.close()
        raise
    return line


def _until_nul(line: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER and (more := line.recv(1024)):
        answer += more
    return answer.rstrip(b"\0").decode(errors="replace").strip()
