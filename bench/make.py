"""Make a database with the rows of a measurement: `python -m bench.make --size M --seed 42`.

Prints the SHA-256 of the rows as read back. The database is new; a filled one is refused.
"""

import argparse
import os
import time
from pathlib import Path

import django
from django.core.management import call_command

from bench import place
from bench.rows import SEED, SIZES, fingerprint, rows


def main() -> None:
    options = _options()
    folder = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    database = options.database or place.sqlite(folder, "bench")
    environment = place.environment(folder, database=database, settings=place.ADMIN)
    os.environ.clear()
    os.environ.update(environment)
    django.setup()
    started = time.monotonic()
    found = make(options.size, options.seed)
    size = SIZES[options.size]
    print(f"{size.commitments} commitments with {size.updates} updates in {time.monotonic() - started:.1f} s")
    print(f"sha256 {found}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.make", description="Make a database to measure with."
    )
    parser.add_argument("--size", choices=SIZES, default="S")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--folder", type=Path, default=place.BASE / "var" / "bench", help="where its files go"
    )
    parser.add_argument("--database", help="URL of an empty database; default: SQLite in the folder")
    return parser.parse_args()


def make(name: str, seed: int) -> str:
    """Make the tables and the rows in the database of this process, and return the fingerprint of the rows.

    SystemExit when there is something in the database already, or when it does not hold what was made.
    """
    from bench import store  # its tables exist only after django.setup()

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if not store.is_empty():
        raise SystemExit(
            "This database is not empty. Give another --folder or --database; nothing was changed."
        )
    found = store.fill(SIZES[name], seed)
    if found != fingerprint(rows(SIZES[name], seed)):
        raise SystemExit("The database does not hold the rows that were made.")
    return found


if __name__ == "__main__":
    main()
