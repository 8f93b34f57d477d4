"""Look at PDFs of strangers, in a process with little time and memory that keeps nothing."""

import fcntl
import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from asn1crypto import pem
from django.conf import settings

from agreements.pdf.keys import Trust
from agreements.pdf.revocation import known_lists
from agreements.pdf.standby import Limits, Standby
from agreements.pdf.standing import Judged, Standing

CHECKER = Standby("agreements.pdf.check_child")

SECONDS, MEMORY_MB = 12, 900
AT_ONCE, PATIENCE = 2, 8  # children at a time on this machine; seconds that a visitor waits for a place
TOO_HARD = f"Dit bestand was niet binnen {SECONDS} seconden te lezen. Het is te ingewikkeld of beschadigd."


class TooBusy(Exception):
    """Others are checking files; there is no place now."""


@dataclass(frozen=True)
class Signature:
    """One signature in the file, or one time stamp over it. The words mean what they mean in verify.SignatureVerdict.

    `fingerprint`: SHA-256 (hex) of its certificate.
    """

    field: str
    signer: str
    signed_at: datetime | None
    is_intact: bool
    is_trusted: bool
    changes: str
    is_genuine: bool
    issued_for: str
    fingerprint: str | None
    is_stamp: bool
    stamped_at: datetime | None
    level: str
    then: Judged
    now: Judged
    issuer: str | None
    not_after: datetime | None


@dataclass(frozen=True)
class Contents:
    """What is in a PDF. `reason` says in Dutch why it cannot be read; then the rest is empty.

    `marks`: of each page a digest (hex) of what is drawn and noted on it; [] when the pages cannot be read.
    """

    reason: str = ""
    signatures: tuple[Signature, ...] = ()
    is_genuine: bool = False
    pages: int | None = None
    marks: list[str] = field(default_factory=list)
    identifier: str = ""
    attachments: dict[str, str] = field(default_factory=dict)


def look_into(*files: bytes, trust: Trust) -> list[Contents]:
    """What is in each of these PDFs. Never raises for what is in them; TooBusy when no child may start now."""
    job = {
        "signers": _armoured("CERTIFICATE", trust.signers),
        "clocks": _armoured("CERTIFICATE", trust.clocks),
        "owners": dict(zip(trust.owners, _armoured("CERTIFICATE", list(trust.owners.values())), strict=True)),
        "lists": _armoured("X509 CRL", known_lists()),
        "sizes": [len(data) for data in files],
    }
    head = json.dumps(job).encode()
    with _place():
        answer = _ask_child(b"\n".join([head, b"".join(files)]))
    return [_contents(found) for found in answer] if answer else [Contents(TOO_HARD)] * len(files)


def _armoured(kind: str, objects: Sequence[Any]) -> list[str]:
    return [pem.armor(kind, one.dump()).decode() for one in objects]


def _ask_child(job: bytes) -> list[dict[str, Any]]:
    """The answer of the child; [] when it ran out of time or memory or broke."""
    limits = Limits(MEMORY_MB, SECONDS, SECONDS + 3)
    with open(os.memfd_create("controle"), "w+b") as paper:  # in memory: nothing of it is kept
        paper.write(job)
        paper.flush()
        said, ended, _ = CHECKER.do(paper, limits)
    answer: list[dict[str, Any]] = said.get("files", []) if ended == 0 else []
    return answer


@contextmanager
def _place() -> Iterator[None]:
    """One of the places for a child. The lock ends with this process, however that ends."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    handles = [
        os.open(settings.VAR / f"controle-{place}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        for place in range(AT_ONCE)
    ]
    try:
        _take_one(handles)
        yield
    finally:
        for handle in handles:
            os.close(handle)


def _take_one(handles: list[int]) -> None:
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        for handle in handles:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            return
        time.sleep(0.1)
    raise TooBusy


def _contents(found: dict[str, Any]) -> Contents:
    signatures = tuple(
        Signature(
            **one
            | {name: _moment(one[name]) for name in ("signed_at", "stamped_at", "not_after")}
            | {name: _judged(one[name]) for name in ("then", "now")}
        )
        for one in found.pop("signatures", [])
    )
    return Contents(**found, signatures=signatures)


def _judged(found: dict[str, Any]) -> Judged:
    withdrawn_at = _moment(found["withdrawn_at"])
    return Judged(Standing(found["standing"]), withdrawn_at, found["is_looked_up"])


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
