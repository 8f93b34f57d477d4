"""The line-up of a jaarschijf: what it takes over from the year before, and in which order it stands."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.accounts.models import User
from agreements.agreement.models import YearSlice
from agreements.agreement.operations import hold_phase
from agreements.commitments import permissions
from agreements.commitments.models import Commitment, Target
from agreements.commitments.operations.commitment import draft_commitment
from agreements.commitments.operations.values import claim_version, locked, record_edit
from agreements.commitments.queries import last_place, next_code


@transaction.atomic
def copy_commitments(
    year_slice: YearSlice, *, by: User, on: date, commitments: Sequence[Commitment]
) -> list[Commitment]:
    """Take commitments of the year before over as drafts, and return the new ones.

    What was taken over earlier is passed by, so that doing it twice makes no doubles.
    """
    year_slice = hold_phase(year_slice)
    permissions.copy_commitments(year_slice, by=by)
    if any(original.part_of_id for original in commitments):
        raise ValidationError("Kies de gezamenlijke afspraak. Alle delen gaan dan mee.")
    if any(original.year_slice.year != year_slice.year - 1 for original in commitments):
        raise ValidationError(f"Kies alleen afspraken van {year_slice.year - 1}.")
    there = set(year_slice.commitments.values_list("copied_from", flat=True))
    return [_copy(original, year_slice, by=by, on=on) for original in commitments if original.pk not in there]


@transaction.atomic
def move_commitment(commitment: Commitment, *, by: User, on: date, up: bool) -> Commitment:
    """Let a draft change places with the one above it (or below), and return it. At the end nothing happens."""
    moved = locked(commitment)
    year_slice = moved.year_slice
    permissions.move_commitment(year_slice, by=by)
    if moved.part_of:
        raise ValidationError(f"Een deel staat bij {moved.part_of.code}. Verplaats die afspraak.")
    rows = list(year_slice.commitments.whole().with_everything())
    place = rows.index(moved)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return moved
    rows[place], rows[other] = rows[other], rows[place]
    for order, row in enumerate(rows):
        if row.order != order:
            _place(row, order, by=by, on=on)
    return rows[other]


def _place(row: Commitment, order: int, *, by: User, on: date) -> None:
    """A new version, so that a form that is open elsewhere does not put the old place back unseen."""
    before = row.editable_values()
    claim_version(row, row.version)
    row.order = order
    row.save(update_fields=["order"])
    row.parts.update(order=order)  # a part has no place of its own
    sentence = f"Afspraak {row.code} verplaatst naar plaats {order + 1}."
    record_edit(row, before, by=by, on=on, sentence=sentence)


def _copy(original: Commitment, year_slice: YearSlice, *, by: User, on: date) -> Commitment:
    year = year_slice.year
    more: dict[str, Any] = {"provenance": original.provenance} if original.is_example else {}
    return draft_commitment(
        year_slice,
        by=by,
        on=on,
        code=next_code(year_slice),
        theme=original.theme,
        lead=original.lead,
        contributors=[(row.party, row.what) for row in original.contributions.select_related("party")],
        kind=original.kind,
        title=original.title,
        text=original.text,
        article=original.article,
        deadline=original.deadline and _in_year(original.deadline, year),
        order=last_place(year_slice),
        copied_from=original,
        division=original.editable_values()["division"],
        **_copied_target(original.measure, year),
        **more,
    )


def _copied_target(target: Target | None, year: int) -> dict[str, Any]:
    """Target and plan for `draft_commitment`; without the baseline, which is another one this year."""
    if target is None:
        return {}
    values = {"indicator": target.indicator, "direction": target.direction}
    return {
        "target": {**values, "target_value": target.value, "out_of": target.out_of},
        "plan": [(_in_year(step.on, year), step.value) for step in target.plan.all()],
    }


def _in_year(day: date, year: int) -> date:
    """The same day in another year; 29 February becomes the 28th."""
    return day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day)
