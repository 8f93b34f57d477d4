"""The first minute on somebody's machine: what is installed, what is said when that cannot be."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hilversum_afspraken import bootstrap, debian

FIRST_READ = [
    "manage.py",
    "hilversum_afspraken/__init__.py",
    *(f"hilversum_afspraken/{name}.py" for name in ("bootstrap", "debian")),
]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout, in a path with a space, whose lock files ask for nothing: preparing it needs no network."""
    folder = tmp_path / "een map"
    (folder / "requirements").mkdir(parents=True)
    for name in ("run", "test"):
        (folder / "requirements" / f"{name}.txt").write_text("")
    shutil.copytree(bootstrap.BASE / "hilversum_afspraken", folder / "hilversum_afspraken")
    return folder


def start(checkout: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "hilversum_afspraken.bootstrap", "run"]
    return subprocess.Popen(
        command, cwd=checkout, env={"PATH": "/usr/bin:/bin:/sbin"}, stderr=subprocess.PIPE, text=True
    )


def said(process: subprocess.Popen[str]) -> str:
    _, text = process.communicate(timeout=60)
    assert process.returncode == 0, text
    return text


@pytest.mark.parametrize("name", FIRST_READ)
def test_python_3_6_can_read_what_refuses_it(name: str) -> None:
    ast.parse((bootstrap.BASE / name).read_text(), feature_version=(3, 6))


def test_an_old_python_gets_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        bootstrap.check_python((3, 9, 2))
    assert ending.value.code == 2
    assert "Dit is Python 3.9; Python 3.11 of nieuwer is nodig." in capsys.readouterr().err


def test_the_floor_is_the_same_as_in_the_project_file() -> None:
    assert (
        f'requires-python = ">={bootstrap.OLDEST[0]}.{bootstrap.OLDEST[1]}"'
        in (bootstrap.BASE / "pyproject.toml").read_text()
    )


def test_two_starts_at_once_repair_one_that_was_cut_off(checkout: Path) -> None:
    half_made = checkout / ".venv" / "half-made"
    half_made.mkdir(parents=True)
    (checkout / ".venv" / "portaal-unfinished").touch()
    texts = [said(process) for process in (start(checkout), start(checkout))]
    assert sum("Python-omgeving maken" in text for text in texts) == 1
    assert not half_made.exists()
    assert said(start(checkout)) == "", "a third start has nothing to do"


def test_the_packages_of_the_tests_hold_those_of_the_portal() -> None:
    run, test = (pins(name) for name in ("run", "test"))
    assert run.items() <= test.items()


@pytest.mark.parametrize("name", ["run", "test"])
def test_a_lock_file_names_no_registry(name: str) -> None:
    assert "://" not in bootstrap.lock_file(name).read_text()


def pins(name: str) -> dict[str, str]:
    """The versions in a lock file, by package."""
    return dict(re.findall(r"^([\w.-]+)==(\S+)", bootstrap.lock_file(name).read_text(), re.MULTILINE))


def test_the_line_to_install_what_is_missing_is_one_line() -> None:
    line = debian.install_line(["libpango-1.0-0", "poppler-utils"])
    assert line == (
        "sudo apt-get update && sudo apt-get install --yes --no-install-recommends libpango-1.0-0 poppler-utils"
    )


def test_a_library_that_does_not_exist_is_missed() -> None:
    assert debian.has_library("libc.so.6")
    assert not debian.has_library("libhilversum.so.1917")
