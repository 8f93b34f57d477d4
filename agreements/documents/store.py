"""Files by content: the name of a stored file is the SHA-256 of its bytes, so nothing is ever overwritten."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError


class NotStored(ValidationError):
    """The disk is full or does not work. Nothing was kept, and nothing half. Shown on the form; `reason` says it in Dutch."""

    reason = (
        "De schijf van het portaal is vol of werkt niet. "
        "Meld dit aan de technisch beheerder en probeer het later opnieuw."
    )

    def __init__(self) -> None:
        super().__init__(self.reason)


def path_of(sha256: str) -> Path:
    """Where the file with this fingerprint (hex) stands."""
    return Path(settings.STORE) / sha256[:2] / sha256


def keep(data: bytes) -> str:
    """Store bytes and return their SHA-256 (hex).

    Written to a temporary name, flushed to disk and renamed before any database row points at it: after a
    crash there may be a file too many, never one too few (reliability.md 0.11). Raises NotStored when the disk is full.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    target = path_of(sha256)
    if not target.exists():
        waiting = target.with_name(f".{uuid4().hex}")
        try:
            _write(waiting, data)
        except OSError as error:
            with suppress(OSError):
                waiting.unlink()
            raise NotStored from error
        waiting.rename(target)
        _flush_folder(target.parent)
    return sha256


def read(sha256: str) -> bytes:
    """The bytes with this fingerprint; FileNotFoundError when they were never stored, ValueError when changed."""
    data = path_of(sha256).read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ValueError(f"The stored file {sha256} was changed.")
    return data


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
