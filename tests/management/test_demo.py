"""The demo command, apart from the programs it starts; `.ci/run` starts it for real with --check."""

import socket
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from agreements.management import staging, visits
from agreements.management.commands.demo import is_taken, local_address, public_address


@pytest.fixture
def busy() -> Any:
    """The number of a port on which another program listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_port_in_use_is_told_with_another_to_try(busy: int, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        call_command("demo", port=busy)
    assert ending.value.code == 1
    taken = f"Poort {busy} is al in gebruik. Kies een andere: python3 manage.py demo --port {busy + 1}"
    elsewhere = "DATABASE_URL wijst naar een andere database."  # on PostgreSQL that is told first
    assert (taken if connection.vendor == "sqlite" else elsewhere) in capsys.readouterr().err


def test_a_port_that_was_just_closed_is_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert not is_taken("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "address", "for_people"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000", "http://localhost:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000", "http://localhost:8000"),
        ("::1", "http://[::1]:8000", "http://localhost:8000"),
        ("werkplek", "http://werkplek:8000", "http://werkplek:8000"),
    ],
)
def test_the_address_is_one_that_a_browser_here_can_open(host: str, address: str, for_people: str) -> None:
    assert local_address(host, 8000) == address
    assert public_address(host, 8000) == for_people


def test_a_portal_that_gives_no_answer_fails_every_visit() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    lines: list[str] = []
    assert not visits.check(f"http://127.0.0.1:{port}", lines.append)
    assert [line[:6] for line in lines] == ["FOUT  "] * len(visits.VISITS)


@pytest.mark.parametrize("stamp", ["older", None])
def test_a_database_of_another_version_or_half_done_is_set_aside(tmp_path: Path, stamp: str | None) -> None:
    database = tmp_path / "portaal.sqlite3"
    for ending in ("", "-wal", "-shm"):
        Path(f"{database}{ending}").write_text(f"old{ending}")
    if stamp:
        staging.stamp_of(database).write_text(stamp)
    said: list[str] = []
    staging.set_aside_old(database, "newer", said.append)
    assert len(said) == 1
    assert not list(tmp_path.glob("portaal.sqlite3*"))
    assert (tmp_path / "vorige-portaal.sqlite3-wal").read_text() == "old-wal"


def test_a_database_of_this_version_stays(tmp_path: Path) -> None:
    database = tmp_path / "portaal.sqlite3"
    database.write_text("now")
    staging.stamp_of(database).write_text("this")
    staging.set_aside_old(database, "this", pytest.fail)
    assert database.read_text() == "now"


def test_static_files_are_collected_once_until_one_changes(settings: Any, tmp_path: Path) -> None:
    source = tmp_path / "bron"
    source.mkdir()
    (source / "stijl.css").write_text("p { margin: 0 }")
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [source], tmp_path / "static"
    said: list[str] = []
    staging.collect_static(said.append)
    staging.collect_static(said.append)
    assert len(said) == 1
    (source / "stijl.css").write_text("p { margin: 1em }")
    staging.collect_static(said.append)
    assert len(said) == 2
    assert (tmp_path / "static" / "stijl.css").read_text() == "p { margin: 1em }"
