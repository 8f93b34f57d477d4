"""The whole suite on both databases: `python3 manage.py test [--db sqlite|postgres] [pytest arguments]`."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from hilversum_afspraken.pgtemp import temporary_postgres

NOTHING_SELECTED = 5  # pytest's status
NOT_FOR_TESTS = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PORTAAL_VANDAAG"}


class Command(BaseCommand):
    help = "Draait alle tests op SQLite en daarna op PostgreSQL; de rest van de regel gaat naar pytest."
    requires_system_checks = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Take the line as it is: pytest's arguments are not Django's."""
        parser = argparse.ArgumentParser(prog="manage.py test", add_help=False)
        parser.add_argument("--db", choices=["sqlite", "postgres"])
        options, arguments = parser.parse_known_args(argv[2:])
        sys.exit(self.run_suites(options.db, arguments))

    def run_suites(self, only: str | None, arguments: list[str]) -> int:
        """Run the suites and print two lines; the first status that is not zero, or zero."""
        results = list(suites(only, arguments))
        print()
        for name, status, seconds in results:
            print(f"{name}: {'geslaagd' if status == 0 else 'NIET geslaagd'} in {seconds:.0f} seconden")
        return next((status for _, status, _ in results if status), 0)

    def handle(self, *args: Any, **options: Any) -> None:
        raise NotImplementedError("run_from_argv does the work")


def suites(only: str | None, arguments: list[str]) -> Iterator[tuple[str, int, float]]:
    """Run pytest on each database: (name, status, seconds).

    The second time only the tests that ask for a database run again: the others cannot reach one
    (pytest-django refuses it), so they would do the same as the first time.
    """
    if only != "postgres":
        yield timed("SQLite", arguments, {})
    if only != "sqlite":
        again = [] if only else ["--only-database"]
        with temporary_postgres() as url:
            name, status, seconds = timed("PostgreSQL", [*again, *arguments], {"DATABASE_URL": url})
        yield name, 0 if again and status == NOTHING_SELECTED else status, seconds


def timed(name: str, arguments: list[str], extra: dict[str, str]) -> tuple[str, int, float]:
    """One run of pytest with the settings of the tests (pyproject.toml): (name, status, seconds)."""
    print(f"\n=== {name} ===", flush=True)
    env = {key: value for key, value in os.environ.items() if key not in NOT_FOR_TESTS}
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments], env=env | extra, cwd=settings.BASE_DIR
    )
    return name, done.returncode, time.monotonic() - started
