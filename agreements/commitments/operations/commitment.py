"""Writing commitments: check, change, record, return."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.accounts.models import User
from agreements.agreement.models import Theme, YearSlice
from agreements.agreement.operations import hold_phase
from agreements.agreement.queries import parties_to
from agreements.commitments import permissions
from agreements.commitments.faults import faults
from agreements.commitments.models import Commitment, by_party
from agreements.commitments.operations.division import Division, divide, withdraw_row
from agreements.commitments.operations.values import (
    apply_values,
    claim_version,
    locked,
    new_row,
    record_draft,
    record_edit,
)
from agreements.commitments.queries import circle_through, next_code
from agreements.history.models import Provenance
from agreements.parties.models import Party


@transaction.atomic
def draft_commitment(
    year_slice: YearSlice,
    *,
    by: User | None,
    on: date,
    code: str,
    theme: Theme,
    lead: Party,
    contributors: Sequence[tuple[Party, str]] | None = None,
    target: dict[str, Any] | None = None,
    plan: list[tuple[date, Decimal]] | None = None,
    division: Division = (),
    **fields: Any,
) -> Commitment:
    """Add a commitment to a jaarschijf. `by` is None when the signed text is loaded from a data set.

    `division` is [(party, its part)] for a joint one: each part becomes a commitment of its own.
    ValidationError, with the name of the field, for a code that is taken or values that cannot be.
    """
    if by is not None:
        year_slice = hold_phase(year_slice)
        permissions.draft_commitment(year_slice, by=by)
        _check_code(year_slice, code)
        fields.setdefault("provenance", provenance_for(lead))
    rows: dict[str, Any] = {"contributors": contributors or (), "target": target, "plan": plan or ()}
    commitment = new_row(year_slice, code=code, theme=theme, lead=lead, **rows, **fields)
    if by is not None:
        values = {**commitment.editable_values(), "division": by_party(division)}
        _check_values(commitment, values, changed=values)
    divide(commitment, division, by=by, on=on, note=partial(record_edit, by=by, on=on))
    record_draft(commitment, by=by, on=on)
    return commitment


@transaction.atomic
def edit_commitment(
    commitment: Commitment, *, by: User, on: date, version: int, changes: dict[str, Any], why: str = ""
) -> Commitment:
    """Change a draft and return it. EditConflict when `version`, from which the form was filled, is no longer the newest.

    `changes` is {field: new value} with the fields of `Commitment.editable_values`. Saving what is already
    there records nothing. ValidationError, with the name of the field, for values that cannot be.
    """
    current = locked(commitment)
    permissions.edit_commitment(current, by=by)
    before = current.editable_values()
    changed = {name: value for name, value in changes.items() if before[name] != value}
    if not changed:
        return current
    claim_version(current, version)
    _check_values(current, {**before, **changed}, changed=changed)
    wanted = {**before, **changed}
    apply_values(current, wanted)
    divide(current, wanted["division"], by=by, on=on, note=partial(record_edit, by=by, on=on, why=why))
    record_edit(current, before, by=by, on=on, why=why)
    return current


@transaction.atomic
def withdraw_commitment(commitment: Commitment, *, by: User | None, on: date, reason: str) -> Commitment:
    """Take a commitment back with its parts, with the reason; all stay readable as "Vervallen".

    `by` is None for a data set.
    """
    if by is not None:
        commitment = locked(commitment)
        permissions.withdraw_commitment(commitment, by=by)
    for row in (*commitment.living_parts(), commitment):
        withdraw_row(row, by=by, on=on, reason=reason)
    return commitment


def provenance_for(lead: Party) -> str:
    """What an invented party promises is an example too; the rest is the parties' own (rule 11)."""
    return Provenance.EXAMPLE if lead.provenance == Provenance.EXAMPLE else Provenance.OWN


def _check_code(year_slice: YearSlice, code: str) -> None:
    if Commitment.objects.filter(code=code).exists():
        free = next_code(year_slice)
        raise ValidationError({"code": f"Nummer {code} is al gebruikt. Het eerste vrije nummer is {free}."})


def _check_values(commitment: Commitment, values: dict[str, Any], *, changed: dict[str, Any]) -> None:
    """ValidationError for what cannot be. Parties and the dependency are only looked up when they changed."""
    found = faults(values, year=commitment.year_slice.year)
    involved = {name: {party for party, _ in values[name]} for name in ("contributors", "division")}
    involved["lead"] = {values["lead"]}
    allowed = set(parties_to(commitment.year_slice.agreement))
    for name, parties in involved.items():
        if name in changed and parties - allowed:
            outsiders = ", ".join(sorted(party.name for party in parties - allowed))
            found.setdefault(name, f"Geen partij bij deze prestatieafspraken: {outsiders}.")
    if "depends_on" in changed and (sentence := _why_not_after(commitment, values["depends_on"])):
        found.setdefault("depends_on", sentence)
    if found:
        raise ValidationError(found)


def _why_not_after(commitment: Commitment, depends_on: Commitment | None) -> str:
    """Why the commitment cannot wait for this other one; "" when it can."""
    if depends_on and (depends_on.withdrawn_on or depends_on.year_slice_id != commitment.year_slice_id):
        return f"Kies een afspraak van {commitment.year_slice.year} die niet is ingetrokken."
    if circle := circle_through(commitment, depends_on):
        return f"Dit wordt een kring: {' wacht op '.join(circle)}. Kies een andere afspraak."
    return ""
