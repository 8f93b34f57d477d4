"""Leading a jaarschijf along its road."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.accounts.models import User
from agreements.agreement.models import YearSlice
from agreements.agreement.operations import hold_phase
from agreements.history.operations import record
from agreements.process import permissions
from agreements.process.phases import checklist, is_back


@transaction.atomic
def change_phase(
    year_slice: YearSlice, to: str, *, seen: str, by: User, on: date, why: str = ""
) -> YearSlice:
    """Bring a jaarschijf to the phase `to` and return it.

    `seen` is the phase the form showed. ValidationError (code "conflict") when a colleague changed it since;
    otherwise with what is missing, all of it. Nobody edits a draft or decides on an item meanwhile (`hold_phase`).
    """
    permissions.lead_road(by=by)
    current = hold_phase(year_slice)
    if current.phase != seen:
        raise ValidationError(
            f"Iemand anders was u voor. {current} is nu in de fase {current.get_phase_display().lower()}.",
            code="conflict",
        )
    permissions.change_phase(current, to, by=by)
    _check_step(current, to, why)
    current.phase = to
    if to == YearSlice.Phase.ADOPTED:
        current.adopted_on = on
    current.save(update_fields=["phase", "adopted_on"])
    back = "terug " if is_back(seen, to) else ""
    sentence = f"{current} ging {back}naar de fase {current.get_phase_display().lower()}."
    data = {"before": seen, "after": to}
    record("process.phase_changed", current, by=by, on=on, sentence=sentence, why=why, data=data)
    return current


def _check_step(year_slice: YearSlice, to: str, why: str) -> None:
    if is_back(year_slice.phase, to) and not why:
        raise ValidationError({"why": "Leg uit waarom de jaarschijf een stap terug gaat."})
    unmet = [check for check in checklist(year_slice, to) if not check.is_met]
    if unmet:
        raise ValidationError(
            [
                f"Dit is nog niet in orde: {check.sentence} Het gaat om: {'; '.join(check.missing)}."
                for check in unmet
            ]
        )
