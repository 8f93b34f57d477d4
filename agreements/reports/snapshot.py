"""The frozen content of a report: plain JSON, complete, taken once.

Shape (all dates ISO, all amounts text): {"schema", "report": {number, title, created_on, checkpoint: {count,
digest}, round, as_of, due_on, year, is_example}, "agreement", "counts": {status: n}, "themes": [...],
"commitments": [...], "agenda": [...], "signatories": [...], "changes": [...] since `previous`,
"previous": {as "report", and its counts} or None}. The functions below show the shape of a row.
"""

import hashlib
import json
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

from agreements.agenda.models import Fate
from agreements.agenda.queries import agenda_items
from agreements.agreement.models import Agreement, Signatory, YearSlice
from agreements.agreement.queries import signatories
from agreements.commitments.models import Amendment, Commitment, Status
from agreements.commitments.operations import as_data
from agreements.commitments.queries import concerned_in, original_values
from agreements.documents.models import Visibility
from agreements.history.models import Provenance
from agreements.parties.models import Party
from agreements.progress.models import ProgressUpdate, ReportingRound
from agreements.progress.queries import newest_per_round, reminders_in
from agreements.reports.readings import PREFETCHED, readings

SCHEMA = "prestatieafspraken/voortgang/1"


def take(
    round_: ReportingRound, *, heading: dict[str, Any], previous: dict[str, Any] | None
) -> dict[str, Any]:
    """Read everything the report says about this round; `heading` is {number, title, created_on, checkpoint}.

    `previous` is the snapshot of the published report before this one, for what changed since.
    """
    agreement = round_.year_slice.agreement
    made_on = date.fromisoformat(heading["created_on"])
    rows = _rows(round_)
    concerned, sent = concerned_in(rows), reminders_in(round_)
    commitments = [
        _commitment(row, round_, made_on, concerned[row.pk], sent.get(row.lead_id, 0)) for row in rows
    ]
    counts = Counter(row["status"] for row in commitments)
    return {
        "schema": SCHEMA,
        "report": {
            **heading,
            "round": round_.name,
            "as_of": _iso(round_.as_of),
            "due_on": _iso(round_.due_on),
            "year": round_.year_slice.year,
            "is_example": any(row["provenance"] == Provenance.EXAMPLE for row in commitments),
        },
        "agreement": _agreement(agreement),
        "counts": {status: counts.get(status, 0) for status in Status.values},
        "themes": [{"code": t.code, "name": t.name} for t in agreement.themes.all()],
        "commitments": commitments,
        "agenda": [_agenda_item(item) for item in agenda_items()],
        "signatories": [_signatory(answer) for answer in signatories(agreement)],
        "previous": previous and {**previous["report"], "counts": previous["counts"]},
        "changes": changes(previous, commitments),
    }


def canonical(snapshot: dict[str, Any]) -> tuple[str, str]:
    """(JSON text with sorted keys, its SHA-256 in hex): what is stored and never changed."""
    text = json.dumps(snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text, hashlib.sha256(text.encode()).hexdigest()


def changes(previous: dict[str, Any] | None, commitments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What differs from the previous report: [{"code", "title", "was": status or None, "now": status, "provenance"}]."""
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


def _rows(round_: ReportingRound) -> list[Commitment]:
    rows = (
        round_.year_slice.commitments.with_everything()
        .order_by("code")
        .prefetch_related(
            "contributions__party",
            "target__plan",
            "amendments__party",
            "amendments__lead",
            "updates__round",
            "updates__party",
            "updates__evidence",
            "updates__measurement__indicator",
            *PREFETCHED,
        )
    )
    return list(rows)


def _commitment(
    row: Commitment, round_: ReportingRound, made_on: date, concerned: list[Party], reminders: int
) -> dict[str, Any]:
    updates = [u for u in newest_per_round(list(row.updates.all())) if u.round.as_of <= round_.as_of]
    current = next((u for u in updates if u.round_id == round_.pk), None)
    return {
        "code": row.code,
        "theme": row.theme.code,
        "kind": row.get_kind_display(),
        "title": row.title,
        "text": row.text,
        "lead": row.lead.name,
        "lead_short": row.lead.short_name,
        "contributions": [{"party": c.party.name, "what": c.what} for c in row.contributions.all()],
        "article": row.article,
        "source": row.source and row.source.title,
        "provenance": row.provenance,
        "is_key_figure": row.is_key_figure,
        "deadline": _iso(row.deadline),
        "withdrawn": row.withdrawn_on and {"on": _iso(row.withdrawn_on), "reason": row.withdrawn_reason},
        "target": _target(row),
        "original": original_values(row.amendments.all()),
        "amendments": [_amendment(a) for a in row.amendments.all() if a.state == Amendment.State.IN_FORCE],
        "status": _status(row, updates, current, made_on),
        "reminders": 0 if current else reminders,
        "updates": [
            _update(update) | {"assessments": readings(row, update, concerned, made_on)} for update in updates
        ],
    }


def _status(
    row: Commitment, updates: list[ProgressUpdate], current: ProgressUpdate | None, made_on: date
) -> str:
    """The claim of this round; what was finished earlier stays finished; nothing reported is "no_data"."""
    if row.withdrawn_on and row.withdrawn_on <= made_on:
        return Status.DROPPED
    if current:
        return current.status
    if updates and updates[-1].status in (Status.ACHIEVED, Status.MISSED):
        return updates[-1].status
    return Status.NO_DATA


def _target(row: Commitment) -> dict[str, Any] | None:
    target = row.measure
    if target is None:
        return None
    indicator = target.indicator
    return {
        "direction": target.direction,
        "value": _amount(target.value),
        "original": _amount(target.original) if target.is_amended and target.original is not None else None,
        "indicator": indicator.name,
        "definition": indicator.definition,
        "unit": indicator.unit,
        "area": indicator.area,
        "counting": indicator.get_counting_display(),
        "value_kind": indicator.value_kind,
        "supplied_by": indicator.supplied_by,
        "plan": [{"on": _iso(step.on), "value": _amount(step.value)} for step in target.plan.all()],
    }


def _amendment(amendment: Amendment) -> dict[str, Any]:
    """An amendment in force: what stood there and what came instead, as text."""
    return {
        "number": amendment.number,
        "in_force_on": _iso(amendment.decided_on),
        "party": amendment.party.name,
        "reason": amendment.reason,
        "before": amendment.before,
        "after": as_data(amendment.changes()),
    }


def _update(update: ProgressUpdate) -> dict[str, Any]:
    figure = update.figure
    evidence = [piece for piece in update.evidence.all() if piece.visibility == Visibility.PUBLIC]
    return {
        "round": update.round.name,
        "round_as_of": _iso(update.round.as_of),
        "status": update.status,
        "indicator": figure and figure.indicator.key,
        "value": figure and _amount(figure.value),
        "as_of": figure and _iso(figure.as_of),
        "certainty": figure and figure.get_certainty_display(),
        "explanation": update.explanation,
        "measure": update.measure,
        "expected_on": _iso(update.expected_on),
        "submitted_on": _iso(update.submitted_on),
        "party": update.party.name,
        "evidence": [piece.as_data() for piece in evidence],
    }


def _agreement(agreement: Agreement) -> dict[str, Any]:
    return {
        "title": agreement.title,
        "first_year": agreement.first_year,
        "last_year": agreement.last_year,
        "signed_on": _iso(agreement.signed_on),
    }


def _agenda_item(item: Any) -> dict[str, Any]:
    return {
        "code": item.code,
        "theme": item.theme.code,
        "years": item.years,
        "text": item.text,
        "lead": item.lead.name if item.lead else item.lead_note,
        "provenance": item.provenance,
        "fates": [_fate(fate) for fate in item.fates.all()],
    }


def _fate(fate: Fate) -> dict[str, Any]:
    # A report is public; the commitments of a year that is still a draft are not (product.md, rule 10).
    public = [c.code for c in fate.commitments.all() if c.year_slice.phase in YearSlice.PUBLIC_PHASES]
    return {
        "year": fate.year,
        "fate": fate.get_kind_display(),
        "decided_on": _iso(fate.decided_on),
        "to_year": fate.to_year,
        "reason": fate.reason,
        "commitments": public,
        "provenance": fate.provenance,
    }


def _signatory(answer: Signatory) -> dict[str, Any]:
    return {
        "party": answer.party.name,
        "kind": answer.party.get_kind_display(),
        "outcome": answer.outcome,
        "label": answer.get_outcome_display(),
        "answered_on": _iso(answer.answered_on),
        "statement": answer.statement,
        "source": f"{answer.source.title}, {answer.source.publisher}" if answer.source else "",
        "provenance": answer.provenance,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _amount(value: Decimal) -> str:
    return f"{value.normalize():f}"
