"""Where a measurement happens: a folder and databases of its own, never the developer's."""

import os
from pathlib import Path

from bench.rows import TODAY

PORTAL, ADMIN = "hilversum_afspraken.settings", "bench.settings"
BASE = Path(__file__).resolve().parent.parent


def environment(folder: Path, *, database: str, settings: str, kind: str = "demo") -> dict[str, str]:
    """The environment for one process of a measurement. What the developer has set for the portal is left out.

    `demo` is as production, but for the day on which the data set lives, which production refuses
    (settings.TODAY). `test` starts sooner: no compressed static files and no slow passwords.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAAL_", "DJANGO_"))}
    return own | {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": settings,
        "PORTAAL_OMGEVING": kind,
        "PORTAAL_VANDAAG": str(TODAY),
        "PORTAAL_VAR": str(folder),
        "PYTHONPATH": str(BASE),
    }


def sqlite(folder: Path, name: str) -> str:
    """The DATABASE_URL of an SQLite file in the folder."""
    return f"sqlite:///{folder / name}.sqlite3"
