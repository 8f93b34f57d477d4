"""Programs beside a command: one that ends is noticed, and all of them stop."""

import fcntl
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from agreements.management.children import Child, first_ended, start, stop

# Starts a program of its own, as the web server does; that one holds a lock as long as it lives.
HOLDER = """
import fcntl, time
file = open("lock", "w")
fcntl.flock(file, fcntl.LOCK_EX)
print("vast", flush=True)
time.sleep(60)
"""
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLDER!r}])"
DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("doof", flush=True)
time.sleep(60)
"""


def a_child(tmp_path: Path, code: str) -> Child:
    log = tmp_path / "log" / "program.log"
    return start(
        "Het programma", [sys.executable, "-c", code], log=log, folder=tmp_path, env=dict(os.environ)
    )


def wait_for(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_free(lock: Path) -> bool:
    with lock.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def test_a_program_that_ends_is_noticed_with_its_last_words(tmp_path: Path) -> None:
    child = a_child(tmp_path, "raise SystemExit('Er is iets mis.')")
    wait_for(lambda: child.has_ended)
    assert first_ended([child]) is child
    assert child.last_words() == "Er is iets mis."
    stop([child])


def test_stopping_reaches_what_a_program_started_itself(tmp_path: Path) -> None:
    child = a_child(tmp_path, PARENT)
    wait_for(lambda: child.last_words() == "vast")
    assert first_ended([child]) is None
    assert not is_free(tmp_path / "lock")
    stop([child])
    wait_for(lambda: is_free(tmp_path / "lock"))


def test_a_program_that_does_not_listen_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agreements.management.children.STOP_SECONDS", 0.2)
    child = a_child(tmp_path, DEAF)
    wait_for(lambda: child.last_words() == "doof")
    stop([child])
    assert child.process.returncode == -signal.SIGKILL
