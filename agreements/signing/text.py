"""The text that parties sign: plain JSON, complete, taken once when the round opens.

All days are ISO, all amounts text. The functions below show the shape of a row.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from agreements.agenda.models import AgendaItem, Fate
from agreements.agenda.queries import due_after, due_in
from agreements.agreement.models import YearSlice
from agreements.commitments.models import Commitment, Target
from agreements.history.models import Provenance
from agreements.parties.models import Party

SCHEMA = "prestatieafspraken/jaarschijf/1"


def take(
    year_slice: YearSlice,
    *,
    number: int,
    opened_on: date,
    due_on: date,
    parties: Sequence[Party],
    is_whole: bool = False,
) -> dict[str, Any]:
    """Read all that is signed: the commitments of the year, what became of its agenda, and who is asked.

    Of the whole agreement also the commitments of the years that were adopted, and the agenda of the years to come.
    """
    slices = [*_adopted_before(year_slice), year_slice] if is_whole else [year_slice]
    commitments = [_commitment(row) for one in slices for row in _rows(one)]
    agenda = [_agenda_item(item, year_slice.year) for item in due_in(year_slice.year)]
    later = [_later_item(item) for item in due_after(year_slice.year)] if is_whole else []
    asked = [_party(party) for party in parties]
    rows = [*commitments, *agenda, *later, *asked]
    return {
        "schema": SCHEMA,
        "scope": "agreement" if is_whole else "year",
        "agreement": year_slice.agreement.title,
        "year": year_slice.year,
        "number": number,
        "opened_on": opened_on.isoformat(),
        "due_on": due_on.isoformat(),
        "is_example": any(row["provenance"] == Provenance.EXAMPLE for row in rows),
        "themes": [{"code": t.code, "name": t.name} for t in year_slice.agreement.themes.all()],
        "commitments": commitments,
        "agenda": agenda,
        "later": later,
        "parties": asked,
    }


def canonical(text: dict[str, Any]) -> tuple[str, str]:
    """(JSON with sorted keys, its SHA-256 in hex): what is stored and never changed."""
    written = json.dumps(text, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return written, hashlib.sha256(written.encode()).hexdigest()


def _adopted_before(year_slice: YearSlice) -> list[YearSlice]:
    slices = year_slice.agreement.year_slices.filter(year__lt=year_slice.year)
    return list(slices.filter(phase__in=YearSlice.ADOPTED_PHASES))


def _later_item(item: AgendaItem) -> dict[str, Any]:
    return {"code": item.code, "years": item.years, "text": item.text, "provenance": item.provenance}


def _rows(year_slice: YearSlice) -> list[Commitment]:
    rows = (
        year_slice.commitments.with_everything()
        .filter(withdrawn_on__isnull=True)
        .select_related("depends_on")
    )
    return list(rows.prefetch_related("contributions__party", "target__plan"))


def _commitment(row: Commitment) -> dict[str, Any]:
    return {
        "code": row.code,
        "year": row.year_slice.year,
        "version": row.version,
        "part_of": row.part_of.code if row.part_of else None,
        "is_joint": row.is_joint,
        "theme": row.theme.code,
        "kind": row.get_kind_display(),
        "title": row.title,
        "text": row.text,
        "lead": row.lead.name,
        "contributions": [{"party": c.party.name, "what": c.what} for c in row.contributions.all()],
        "article": row.article,
        "deadline": row.deadline.isoformat() if row.deadline else None,
        "depends_on": row.depends_on.code if row.depends_on else None,
        "needs": row.needs,
        "provenance": row.provenance,
        "target": _target(row.measure),
    }


def _target(target: Target | None) -> dict[str, Any] | None:
    if target is None:
        return None
    indicator = target.indicator
    return {
        "direction": target.direction,
        "value": _amount(target.value),
        "out_of": _amount(target.out_of),
        "baseline": _amount(target.baseline),
        **indicator.definition_as_data(),
        "is_yes_no": indicator.is_yes_no,
        "plan": [{"on": step.on.isoformat(), "value": _amount(step.value)} for step in target.plan.all()],
    }


def _agenda_item(item: AgendaItem, year: int) -> dict[str, Any]:
    fate = item.fate_in(year)
    return {
        "code": item.code,
        "text": item.text,
        "provenance": item.provenance,
        "fate": fate and _fate(fate),
    }


def _fate(fate: Fate) -> dict[str, Any]:
    return {"outcome": fate.outcome, "decided_on": fate.decided_on.isoformat(), "reason": fate.reason}


def _party(party: Party) -> dict[str, Any]:
    return {
        "key": party.key,
        "name": party.name,
        "kind": party.get_kind_display(),
        "provenance": party.provenance,
    }


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"
