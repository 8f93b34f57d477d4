"""What the demo needs before it can start: keys, database, data, static files. Quick when it is all there."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from agreements.exchange import dataset
from agreements.pdf.keys import make_demo_authority
from agreements.web.dates import today

Say = Callable[[str], None]
DATASETS = {
    "hilversum_2017": "De openbare afspraken van 2017 laden",
    "voorbeeld": "De voorbeeldgegevens laden",
}


def prepare(say: Say) -> None:
    """Make keys, database, data and static files. Each step does nothing when it was done before.

    A step that is cut off leaves nothing half done: migrations and data sets are transactions, and the stamp
    of the static files is written last.
    """
    make_demo_authority(settings.VAR / "sleutels")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    for name, sentence in DATASETS.items():
        if not dataset.is_loaded(name):
            say(sentence)
            dataset.load(name, on=today(), say=lambda line: say(f"  {line}"))
    collect_static(say)


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
