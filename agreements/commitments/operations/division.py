"""Dividing a joint commitment: each part is a commitment of its own, that follows the joint one (ADR 8)."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, product
from string import ascii_lowercase
from typing import Any

from django.core.exceptions import ValidationError

from agreements.accounts.models import User
from agreements.commitments.faults import fault_in_division
from agreements.commitments.models import Commitment, Status
from agreements.commitments.operations.values import apply_values, claim_version, new_row, record_draft
from agreements.history.models import Provenance
from agreements.history.operations import record
from agreements.parties.models import Party

Division = Sequence[tuple[Party, Decimal]]
NO_LONGER = "De verdeling over partijen is aangepast."


def divide(
    joint: Commitment, division: Division, *, by: User | None, on: date, note: Callable[..., None]
) -> None:
    """Make, change and withdraw parts until they are this division; () makes it undivided again.

    `note(part, before)` writes in history what changed in a part that was there already. ValidationError when the
    division cannot be, also for a data set.
    """
    if not division and not joint.is_joint:
        return
    if sentence := fault_in_division({**joint.editable_values(), "division": division}):
        raise ValidationError({"division": sentence})
    there = {part.lead_id: part for part in joint.living_parts()}
    joint.is_joint = bool(division)
    joint.save(update_fields=["is_joint"])
    for party, value in division:
        if part := there.pop(party.pk, None):
            _follow(part, joint, value, note=note)
        else:
            _draft_part(joint, party, value, by=by, on=on)
    for part in there.values():
        withdraw_row(part, by=by, on=on, reason=NO_LONGER)


def withdraw_row(commitment: Commitment, *, by: User | None, on: date, reason: str) -> None:
    """Take one row back, with the reason; it stays readable as "Vervallen"."""
    commitment.withdrawn_on, commitment.withdrawn_reason, commitment.status = on, reason, Status.DROPPED
    commitment.save(update_fields=["withdrawn_on", "withdrawn_reason", "status"])
    sentence = f"Afspraak {commitment.code} ingetrokken."
    record("commitments.withdrawn", commitment, by=by, on=on, sentence=sentence, why=reason)


def _follow(part: Commitment, joint: Commitment, value: Decimal, *, note: Callable[..., None]) -> None:
    before = part.editable_values()
    wanted = {**before, **_values_of_part(joint, part.lead, value)}
    if wanted != before:
        claim_version(part, part.version)
        apply_values(part, wanted)
        note(part, before)


def _draft_part(joint: Commitment, party: Party, value: Decimal, *, by: User | None, on: date) -> None:
    values = _values_of_part(joint, party, value)
    is_example = Provenance.EXAMPLE in (joint.provenance, party.provenance)
    part = new_row(
        joint.year_slice,
        code=_free_code(joint),
        target={name: values.pop(name) for name in ("indicator", "direction", "target_value")},
        part_of=joint,
        copied_from=_part_before(joint, party),
        provenance=Provenance.EXAMPLE if is_example else joint.provenance,
        source=joint.source,
        **values,
    )
    record_draft(part, by=by, on=on)


def _values_of_part(joint: Commitment, party: Party, value: Decimal) -> dict[str, Any]:
    """What a part has in common with the joint one, and its text: that says no more than the division does."""
    target = joint.target
    promise = f"{target.get_direction_display()} {target.indicator.in_words(value)}"
    title = f" (deel {party.short_name})"
    return {
        "title": f"{joint.title[: 150 - len(title)]}{title}",
        "text": f"{party.name} neemt van afspraak {joint.code} dit deel op zich: {promise}.",
        "kind": joint.kind,
        "theme": joint.theme,
        "lead": party,
        "deadline": joint.deadline,
        "article": joint.article,
        "order": joint.order,
        "indicator": target.indicator,
        "direction": target.direction,
        "target_value": value,
    }


def _free_code(joint: Commitment) -> str:
    """The code of the joint one with the first letter that was never used: 17-05a."""
    used = set(Commitment.objects.filter(code__startswith=joint.code).values_list("code", flat=True))
    letters = chain(ascii_lowercase, map("".join, product(ascii_lowercase, repeat=2)))
    return next(code for letter in letters if (code := f"{joint.code}{letter}") not in used)


def _part_before(joint: Commitment, party: Party) -> Commitment | None:
    """The part that this party had in the commitment from which the joint one was taken over."""
    before = joint.copied_from
    if before is None or joint.parts.filter(copied_from__lead=party).exists():
        return None
    return before.parts.filter(lead=party, withdrawn_on__isnull=True).first()
