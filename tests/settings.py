"""The portal's settings while its tests run: the environment `test`, and a folder that goes afterwards."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = tempfile.mkdtemp(prefix="portaal-test-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
# WhiteNoise warns when the folder is not there; in a test it takes the files from their source.
(Path(_folder) / "static").mkdir()
os.environ["PORTAAL_OMGEVING"] = "test"
os.environ["PORTAAL_VAR"] = _folder
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in the thread of the test

from hilversum_afspraken.settings import *  # noqa: E402, F403
from hilversum_afspraken.settings import DATABASES, INSTALLED_APPS  # noqa: E402

INSTALLED_APPS = ["tests", *INSTALLED_APPS]  # for tests/management/commands/flush.py
_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the live server's threads then work as in real life. Without waiting for the disk.
    _options = _database["OPTIONS"]
    _fast = _options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    _database["OPTIONS"] = {**_options, "init_command": _fast}
    _database["TEST"] = {"NAME": str(Path(_folder) / "test.sqlite3")}
