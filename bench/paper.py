"""A report to measure with: a snapshot of so many commitments, and the files that Chromium needs of it."""

from collections import Counter
from pathlib import Path
from typing import Any

from bench.rows import Size, rows

UPDATES = 4
HEADING = {
    "title": "Meting",
    "kind": "progress",
    "created_on": "2017-11-15",
    "checkpoint": {"count": 1, "digest": "0" * 64},
    "supersedes": None,
    "round": "Derde kwartaal 2017",
    "as_of": "2017-09-28",
    "due_on": "2017-10-14",
    "year": 2017,
    "party": None,
    "is_example": True,
}


def snapshot(commitments: int, *, number: str = "METING-1", answer: str = "") -> dict[str, Any]:
    """A snapshot of so many commitments, made of the rows of the other measurements.

    `answer`: what was explained last about the commitment in the middle, and then its status is another one, too.
    """
    found = list(rows(Size(commitments, UPDATES)))
    themes = [row for row in found if row["kind"] == "theme"]
    updates = [row for row in found if row["kind"] == "update"]
    made = [_commitment(row, updates, themes) for row in found if row["kind"] == "commitment"]
    from agreements.commitments.models import Status

    if answer:
        middle = made[len(made) // 2]
        middle["status"] = next(status for status in Status.values if status != middle["status"])
        middle["updates"][-1] |= {"status": middle["status"], "explanation": answer}
    counts = Counter(row["status"] for row in made)
    return {
        "schema": "",
        "report": HEADING | {"number": number},
        "agreement": {
            "title": "Meting",
            "first_year": 2017,
            "last_year": 2020,
            "signed_on": None,
            "years": [],
        },
        "counts": {status: counts[status] for status in Status.values},
        "themes": [{"code": row["code"], "name": row["name"]} for row in themes],
        "commitments": made,
        **{name: [] for name in ("late", "agenda", "signatories", "changes", "differences")},
        "previous": None,
    }


def _commitment(row: dict[str, Any], updates: list[Any], themes: list[Any]) -> dict[str, Any]:
    theme = next(theme for theme in themes if theme["code"] == row["theme"])
    own = [_update(update) for update in updates if update["commitment"] == row["code"]]
    target = {"direction": "at_least", "value": str(row["target"]), "original": None, "definition": "Alles."}
    target |= {"indicator": theme["indicator"], "unit": theme["unit"], "area": "gemeente", "supplied_by": ""}
    target |= {"counting": "opgeteld vanaf 1 januari", "value_kind": "number", "plan": []}
    return {
        **{name: row[name] for name in ("code", "theme", "title", "text", "lead", "deadline")},
        **{name: [] for name in ("contributions", "amendments", "judgements")},
        "kind": "Harde afspraak",
        "lead_short": row["lead"],
        "article": "",
        "source": None,
        "provenance": "example",
        "is_key_figure": False,
        "withdrawn": None,
        "original": {},
        "target": target,
        "updates": own,
        "status": own[-1]["status"],
    }


def _update(row: dict[str, Any]) -> dict[str, Any]:
    same = {name: row[name] for name in ("status", "as_of", "explanation", "measure")}
    about = {"round": row["as_of"], "round_as_of": row["as_of"], "submitted_on": row["as_of"]}
    rest = {"indicator": "x", "certainty": "Definitief", "expected_on": None, "party": "", "evidence": []}
    return {**same, **about, **rest, "value": str(row["value"])}


def lay_out(folder: Path, frozen: dict[str, Any]) -> None:
    """The HTML and all that it loads, as files for Chromium."""
    from agreements.pdf.text import FONTS
    from agreements.reports import document

    fonts = '<link rel="stylesheet" href="fonts/fonts.css">'
    (folder / "report.html").write_text(document.html(frozen).replace("</head>", f"{fonts}</head>"))
    (folder / "fonts").mkdir()
    for path in FONTS.iterdir():
        (folder / "fonts" / path.name).write_bytes(path.read_bytes())
    for name, item in document.assets(frozen).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(item if isinstance(item, bytes) else item.read_bytes())
