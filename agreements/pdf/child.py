"""The process that renders one PDF: `python -m agreements.pdf.child <folder> <memory MB> <CPU seconds>`.

Reads job.json in the folder and writes document.pdf beside it. Every line it prints is one JSON object:
{"page": 3} while it works, at the end {"pages": 12}, {"broken": "why, in Dutch"} or {"no_memory": true}.
No Django, no secrets, no network.
"""

import base64
import gc
import json
import resource
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agreements.pdf.engine import Job


def main(folder: Path, memory_mb: int, cpu_seconds: int) -> None:
    """Set the limits, render, report."""
    _limit(memory_mb, cpu_seconds)
    gc.disable()  # the process ends after one document; collecting costs 14 % (measured)
    try:
        _say(**_render(folder))
    except MemoryError:
        _say(no_memory=True)


def _limit(memory_mb: int, cpu_seconds: int) -> None:
    # The parent keeps the wall clock. These hold when the parent itself is gone.
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _render(folder: Path) -> dict[str, Any]:
    from agreements.pdf.engine import BrokenInput, make_pdf  # after the limits: loading Pango counts too

    try:
        content, pages = make_pdf(_read_job(folder), lambda page: _say(page=page))
    except BrokenInput as error:
        return {"broken": str(error)}
    (folder / "document.pdf").write_bytes(content)
    return {"pages": pages}


def _read_job(folder: Path) -> "Job":
    from agreements.pdf.engine import Job

    values = json.loads((folder / "job.json").read_text())
    values["assets"] = {name: base64.b64decode(content) for name, content in values["assets"].items()}
    for attachment in values["attachments"]:
        attachment["content"] = base64.b64decode(attachment["content"])
    values["created"] = datetime.fromisoformat(values["created"])
    return Job(**values)


def _say(**message: Any) -> None:
    print(json.dumps(message), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
