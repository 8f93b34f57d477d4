"""What may be of use for the next document: parts that are drawn. It is gone when the press ends."""

import os
import pickle
from contextlib import suppress
from pathlib import Path
from typing import Any

MOST = 64  # things; a report of 500 commitments has 13


class Shelf:
    """A folder of the press, which nobody else can write: only then may one unpickle what is in it."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._new: dict[str, bytes] = {}
        folder.mkdir(mode=0o700, exist_ok=True)

    def find(self, name: str) -> Any:
        """What has this name, or None when it is not here."""
        try:
            content = (self._folder / name).read_bytes()
            os.utime(self._folder / name)
        except FileNotFoundError:
            return None
        return pickle.loads(content)  # noqa: S301

    def keep(self, name: str, item: Any) -> None:
        """Remember it as it is now; not when its elements are nested so deep that it cannot be written down."""
        with suppress(RecursionError):
            self._new[name] = pickle.dumps(item, pickle.HIGHEST_PROTOCOL)

    def put_away(self) -> None:
        """Write what was to be kept, now that nothing is wrong with it. What was not asked for longest makes place."""
        with suppress(
            OSError
        ):  # a full disk, or another child that clears up: the next document draws it again
            for name, content in self._new.items():
                aside = self._folder / f"{name}.{os.getpid()}"
                aside.write_bytes(content)
                aside.replace(self._folder / name)
            newest_first = sorted(self._folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
            for path in newest_first[MOST:]:
                path.unlink(missing_ok=True)
