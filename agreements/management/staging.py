"""What the demo needs before it can start: keys, database, data, static files. Quick when it is all there."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection

from agreements.exchange import dataset, loading
from agreements.pdf.issuer import make_demo_issuer
from agreements.pdf.keys import make_demo_authority
from agreements.pdf.own import make_demo_party_key
from agreements.web.dates import today

Say = Callable[[str], None]
DATASETS = {
    "hilversum_2017": "De openbare afspraken van 2017 laden",
    "voorbeeld": "De voorbeeldgegevens laden",
}


def prepare(say: Say) -> None:
    """Make keys, database, data and static files. Each step does nothing when it was done before.

    A step that is cut off is done again: the stamps of the database and of the static files are written last.
    """
    make_demo_authority(settings.VAR / "sleutels")
    make_demo_issuer(settings.VAR / "sleutels")
    make_demo_party_key(settings.VAR / "sleutels")
    database, version = database_file(), data_version()
    if database:
        set_aside_old(database, version, say)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    for name, sentence in DATASETS.items():
        if not dataset.is_loaded(name):
            say(sentence)
            dataset.load(name, on=today(), say=lambda line: say(f"  {line}"))
    if database:
        stamp_of(database).write_text(version)
    collect_static(say)


def database_file() -> Path | None:
    """Where SQLite keeps the database; None for PostgreSQL, which we do not set aside."""
    return Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None


def set_aside_old(database: Path, version: str, say: Say) -> None:
    """Rename a database that other tables or data sets made, or that a start left half done."""
    stamp = stamp_of(database)
    if not database.exists() or (stamp.exists() and stamp.read_text() == version):
        return
    old = database.with_name(f"vorige-{database.name}")
    say(f"De database is niet af of van een andere versie. Die heet nu {old.name}; er komt een nieuwe.")
    for ending in ("-wal", "-shm", ""):  # what SQLite keeps beside its file belongs to that file
        with suppress(FileNotFoundError):
            Path(f"{database}{ending}").replace(f"{old}{ending}")


def stamp_of(database: Path) -> Path:
    """The file that tells from which version a database was made."""
    return database.with_suffix(".versie")


def data_version() -> str:
    """SHA-256 (hex) of the portal's migrations and data sets."""
    files = [*(settings.BASE_DIR / "agreements" / "migrations").glob("*.py"), *loading.FOLDER.glob("*.toml")]
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def collect_static(say: Say) -> None:
    """Copy, name by content and compress the static files, unless they are the same as last time.

    From nothing: what is only copied when it looks newer can miss a change.
    """
    stamp = settings.STATIC_ROOT / "collected"
    fingerprint = static_fingerprint()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    say("Stijl en lettertypen klaarzetten")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(fingerprint)


def static_fingerprint() -> str:
    """SHA-256 (hex) of name, size and time of every static file of the portal and of its libraries."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
