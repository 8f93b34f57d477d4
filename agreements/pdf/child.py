"""The process that renders: `python -m agreements.pdf.child`, as `forking.py` says.

It loads WeasyPrint and the fonts once, which takes longer than a short document. On the paper stands a job as JSON;
the PDF takes its place. It says {"page": 3} while it works, then {"pages": 12} or {"broken": "why, in Dutch"}.
"""

import base64
import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from agreements.pdf import lean  # noqa: F401 before WeasyPrint is loaded

# isort: split
from agreements.pdf import engine
from agreements.pdf.forking import say, stand_ready
from agreements.pdf.shelf import Shelf
from agreements.pdf.typesetting import BrokenInput

SHELF = Path.home() / "delen"


def render(paper: IO[bytes]) -> dict[str, Any]:
    """Make the PDF of the job on the paper."""
    try:
        content, pages = engine.make_pdf(_read_job(paper), lambda page: say(page=page), Shelf(SHELF))
    except BrokenInput as error:
        return {"broken": str(error)}
    paper.seek(0)
    paper.truncate()
    paper.write(content)
    return {"pages": pages}


def _read_job(paper: IO[bytes]) -> engine.Job:
    values = json.load(paper)
    values["assets"] = {name: base64.b64decode(content) for name, content in values["assets"].items()}
    for attachment in values["attachments"]:
        attachment["content"] = base64.b64decode(attachment["content"])
    values["created"] = datetime.fromisoformat(values["created"])
    return engine.Job(**values)


if __name__ == "__main__":
    engine.get_ready()
    stand_ready(render)
    shutil.rmtree(SHELF, ignore_errors=True)  # also when the worker was killed and cannot do it
