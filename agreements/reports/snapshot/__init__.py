"""The frozen content of a report: plain JSON, complete, taken once. Its shape stands in rapportage.schema.json.

All dates are ISO text, all amounts text. `changes` is what differs from the previous report in status,
`differences` what differs in anything else (comparison.py); `late` came in after the due day or is about a later round.
"""

import hashlib
import json
from collections import Counter
from datetime import date
from typing import Any

from agreements.agenda.queries import agenda_items
from agreements.agreement.queries import signatories
from agreements.commitments.models import Commitment, Status
from agreements.commitments.queries import concerned_in
from agreements.history.models import Provenance
from agreements.progress.queries import reminders_in
from agreements.reports.comparison import compared
from agreements.reports.models import Report
from agreements.reports.snapshot.rows import (
    agenda_row,
    agreement_row,
    commitment_row,
    commitments_of,
    iso,
    late_rows,
    signatory_row,
)
from agreements.reports.subject import Subject

SCHEMA = "prestatieafspraken/rapportage/2"
Kind = Report.Kind
Row = dict[str, Any]


def take(subject: Subject, *, heading: Row, previous: Row | None) -> Row:
    """Read everything the report says; `heading` is {number, title, kind, created_on, checkpoint, supersedes}.

    `previous` is the snapshot of the published report before this one, for what changed since.
    """
    made_on = date.fromisoformat(heading["created_on"])
    found = commitments_of(subject)
    concerned, sent = concerned_in(found), reminders_in(subject.round) if subject.round else {}
    rows = [
        commitment_row(row, subject, made_on, concerned[row.pk], sent.get(row.lead_id, 0)) for row in found
    ]
    counts = Counter(row["status"] for row in rows if row["part_of"] is None)  # parts are in their joint one
    agreement = subject.year.agreement
    taken = {
        "schema": SCHEMA,
        "report": heading | _about(subject, rows),
        "agreement": agreement_row(agreement),
        "counts": {status: counts.get(status, 0) for status in Status.values},
        "themes": [{"code": t.code, "name": t.name} for t in agreement.themes.all()],
        "commitments": rows,
        "late": late_rows(found, subject, made_on),
        "agenda": _agenda(subject, found),
        "signatories": [signatory_row(answer) for answer in signatories(agreement)],
        "previous": previous and {**previous["report"], "counts": previous["counts"]},
        "changes": changes(previous, rows),
    }
    return taken | {"differences": compared(previous, taken) if previous else []}


def canonical(snapshot: Row) -> tuple[str, str]:
    """(JSON text with sorted keys, its SHA-256 in hex): what is stored and never changed."""
    text = json.dumps(snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text, hashlib.sha256(text.encode()).hexdigest()


def changes(previous: Row | None, commitments: list[Row]) -> list[Row]:
    """What differs in status: [{"code", "title", "was": status or None, "now": status, "provenance"}]."""
    if previous is None:
        return []
    before = {row["code"]: row["status"] for row in previous["commitments"]}
    return [
        {
            "code": row["code"],
            "title": row["title"],
            "was": before.get(row["code"]),
            "now": row["status"],
            "provenance": row["provenance"],
        }
        for row in commitments
        if before.get(row["code"]) != row["status"]
    ]


def _about(subject: Subject, rows: list[Row]) -> Row:
    """What the heading says of round, year and subject. The text as signed is of the day of adoption."""
    round_, year = subject.round, subject.year
    return {
        "round": round_.name if round_ else "",
        "as_of": iso(round_.as_of if round_ else year.adopted_on),
        "due_on": iso(round_.due_on) if round_ else None,
        "year": year.year,
        "party": subject.party and subject.party.name,
        "is_example": any(row["provenance"] == Provenance.EXAMPLE for row in rows),
    }


def _agenda(subject: Subject, rows: list[Commitment]) -> list[Row]:
    """The whole agenda; on the sheet of a commitment or party only what belongs to it."""
    items = list(agenda_items())
    if subject.kind == Kind.COMMITMENT:
        codes = {row.code for row in rows}
        items = [i for i in items if any(c.code in codes for f in i.fates.all() for c in f.commitments.all())]
    if subject.kind == Kind.PARTY:
        items = [item for item in items if item.lead_id == (subject.party and subject.party.pk)]
    return [agenda_row(item) for item in items]
