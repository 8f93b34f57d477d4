"""The whole suite on both databases: `python3 manage.py test [--db sqlite|postgres] [pytest arguments]`."""

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from hilversum_afspraken.pgtemp import temporary_postgres

NOTHING_SELECTED = 5  # pytest's status
# The last one would make every process read all source again: 6 processor seconds each.
NOT_FOR_TESTS = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PORTAAL_VANDAAG", "PYTHONDONTWRITEBYTECODE"}


class Command(BaseCommand):
    help = "Draait alle tests op SQLite en op PostgreSQL; de rest van de regel gaat naar pytest."
    requires_system_checks = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Take the line as it is: pytest's arguments are not Django's."""
        parser = argparse.ArgumentParser(prog="manage.py test", add_help=False)
        parser.add_argument("--db", choices=["sqlite", "postgres"])
        options, arguments = parser.parse_known_args(argv[2:])
        sys.exit(self.run_suites(options.db, arguments))

    def run_suites(self, only: str | None, arguments: list[str]) -> int:
        """Run the suites and print two lines; the first status that is not zero, or zero."""
        if only == "sqlite":
            results = [on_sqlite(arguments)]
        elif only == "postgres":
            results = [on_postgresql(arguments)]
        else:
            results = on_both(arguments)
        print()
        for result in results:
            word = "NIET geslaagd" if result.status else "geslaagd"
            print(f"{result.name}: {word} in {result.seconds:.0f} seconden")
        return next((result.status for result in results if result.status), 0)

    def handle(self, *args: Any, **options: Any) -> None:
        raise NotImplementedError("run_from_argv does the work")


@dataclass
class Result:
    """How a run of pytest ended; `output` is empty when it was shown at once."""

    name: str
    status: int
    seconds: float
    output: str


def on_both(arguments: list[str]) -> list[Result]:
    """Run on both databases in two lanes, one for the browser; what the second lane printed comes after the rest.

    On PostgreSQL only what could be different there runs (`--only-database` in tests/conftest.py). The browser has
    processes of its own, because its event loop stays in the thread of the tests; the other tests are divided over
    two, so that three processes keep two processors busy.
    """
    only_database = ["--only-database", "-o", "cache_dir=.pytest_cache/postgresql"]
    pages = ["--browser=without", "--numprocesses=2", *arguments]
    browser = ["--browser=only", "-o", "cache_dir=.pytest_cache/browser", *arguments]
    with ThreadPoolExecutor(1) as second:
        later = [
            second.submit(on_sqlite, browser, name="SQLite, browser", capture=True),
            second.submit(
                on_postgresql, [*only_database, *browser], name="PostgreSQL, browser", capture=True
            ),
        ]
        results = [on_sqlite(pages), on_postgresql([*only_database, *pages])]
    results += [job.result() for job in later]
    for result in results:
        print(result.output, end="")
    return [result for result in results if result.status != NOTHING_SELECTED] or results


def on_sqlite(arguments: list[str], *, name: str = "SQLite", capture: bool = False) -> Result:
    """Run on SQLite, showing the output or keeping it."""
    return run_pytest(name, arguments, {}, capture=capture)


def on_postgresql(arguments: list[str], *, name: str = "PostgreSQL", capture: bool = False) -> Result:
    """Run on a temporary PostgreSQL, showing the output or keeping it."""
    with temporary_postgres() as url:
        return run_pytest(name, arguments, {"DATABASE_URL": url}, capture=capture)


def run_pytest(name: str, arguments: list[str], extra: dict[str, str], *, capture: bool) -> Result:
    """One run of pytest, with the settings that pyproject.toml names."""
    env = {key: value for key, value in os.environ.items() if key not in NOT_FOR_TESTS}
    started = time.monotonic()
    title = f"\n=== {name} ===\n"
    if not capture:
        print(title, flush=True)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments],
        env=env | extra,
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE if capture else None,
        text=True,
    )
    output = title + done.stdout if capture else ""
    return Result(name, done.returncode, time.monotonic() - started, output)
