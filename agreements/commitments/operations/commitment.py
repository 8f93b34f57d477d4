"""Writing commitments: check, change, record, return."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from agreements.accounts.models import User
from agreements.agreement.models import Theme, YearSlice
from agreements.agreement.operations import hold_phase
from agreements.agreement.queries import parties_to
from agreements.commitments import permissions
from agreements.commitments.faults import QUARTERS, faults
from agreements.commitments.models import Commitment, Contribution, PlannedValue, Status, Target
from agreements.commitments.queries import circle_through, next_code, search_text
from agreements.history.models import Provenance
from agreements.history.operations import record
from agreements.parties.models import Party

TARGET_FIELDS = ("indicator", "direction", "target_value", "out_of", "baseline")


class EditConflict(ValidationError):
    """Somebody else saved first. `current` is the commitment as it stands now; nothing was overwritten."""

    def __init__(self, current: Commitment):
        super().__init__(
            "Iemand anders heeft deze afspraak intussen aangepast. Kies hieronder welke tekst blijft.",
            code="conflict",
        )
        self.current = current


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
    **fields: Any,
) -> Commitment:
    """Add a commitment to a jaarschijf. `by` is None when the signed text is loaded from a data set.

    ValidationError, with the name of the field, for a code that is taken or values that cannot be.
    """
    if by is not None:
        year_slice = hold_phase(year_slice)
        permissions.draft_commitment(year_slice, by=by)
        _check_code(year_slice, code)
        fields.setdefault("provenance", provenance_for(lead))
    commitment = Commitment(year_slice=year_slice, code=code, theme=theme, lead=lead, **fields)
    commitment.search_text = search_text(commitment)
    commitment.save()
    _set_contributors(commitment, contributors or ())
    if target:
        _draft_target(commitment, target, plan or [])
    values = commitment.editable_values()
    if by is not None:
        _check_values(commitment, values, changed=values)
    origin = f", overgenomen van {commitment.copied_from.code}" if commitment.copied_from else ""
    sentence = f"Afspraak {code} opgenomen in {str(year_slice).lower()}{origin}."
    data = {"version": commitment.version, "after": as_data(values)}
    record("commitments.drafted", commitment, by=by, on=on, sentence=sentence, data=data)
    return commitment


def _draft_target(commitment: Commitment, target: dict[str, Any], plan: list[tuple[date, Decimal]]) -> None:
    _set_target(commitment, **target)
    commitment.search_text = search_text(commitment)
    commitment.save(update_fields=["search_text"])
    for day, value in plan:
        PlannedValue.objects.create(target=commitment.target, on=day, value=value)


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
    _apply(current, {**before, **changed})
    record_edit(current, before, by=by, on=on, why=why)
    return current


@transaction.atomic
def withdraw_commitment(commitment: Commitment, *, by: User | None, on: date, reason: str) -> Commitment:
    """Take a commitment back, with the reason; it stays readable as "Vervallen". `by` is None for a data set."""
    if by is not None:
        commitment = locked(commitment)
        permissions.withdraw_commitment(commitment, by=by)
    commitment.withdrawn_on, commitment.withdrawn_reason, commitment.status = on, reason, Status.DROPPED
    commitment.save(update_fields=["withdrawn_on", "withdrawn_reason", "status"])
    sentence = f"Afspraak {commitment.code} ingetrokken."
    record("commitments.withdrawn", commitment, by=by, on=on, sentence=sentence, why=reason)
    return commitment


def provenance_for(lead: Party) -> str:
    """What an invented party promises is an example too; the rest is the parties' own (rule 11)."""
    return Provenance.EXAMPLE if lead.provenance == Provenance.EXAMPLE else Provenance.OWN


def locked(commitment: Commitment) -> Commitment:
    """The commitment as it is now, with its jaarschijf held in its phase."""
    year_slice = hold_phase(commitment.year_slice)
    current = Commitment.objects.with_everything().get(pk=commitment.pk)
    current.year_slice = year_slice
    return current


def claim_version(current: Commitment, version: int) -> None:
    """Compare and swap: take the next version, or raise EditConflict with the row as it is now.

    One UPDATE statement, so that of two people who save at the same moment one always loses visibly;
    measured without it: 436 of 500 acknowledged edits overwritten on PostgreSQL (reliability.md 0.1).
    """
    if not Commitment.objects.filter(pk=current.pk, version=version).update(version=F("version") + 1):
        raise EditConflict(Commitment.objects.with_everything().get(pk=current.pk))
    current.version = version + 1


def note_standing(
    commitment: Commitment, *, status: str, value: Decimal | None, as_of: date, on: date
) -> None:
    """Keep what the newest update claims on the commitment itself; called by the slice that has the update."""
    Commitment.objects.filter(pk=commitment.pk).update(
        status=status, value=value, as_of=as_of, reported_on=on
    )
    commitment.status, commitment.value, commitment.as_of, commitment.reported_on = status, value, as_of, on


def mark_silent(commitment: Commitment) -> None:
    """Nothing came in the round that just closed: "Geen gegevens", with the older figure and its date kept."""
    Commitment.objects.filter(pk=commitment.pk).update(status=Status.NO_DATA)


def record_edit(
    current: Commitment, before: dict[str, Any], *, by: User, on: date, why: str = "", sentence: str = ""
) -> None:
    """Write what changed since `before` (as `editable_values`) in the history of a commitment with a new version."""
    now = current.editable_values()
    changed = [name for name in LABELS if now[name] != before[name]]
    record(
        "commitments.edited",
        current,
        by=by,
        on=on,
        sentence=sentence
        or f"Afspraak {current.code} aangepast: {', '.join(LABELS[name] for name in changed)}.",
        why=why,
        data={
            "version": current.version,
            "before": as_data({name: before[name] for name in changed}),
            "after": as_data(now),
        },
    )


LABELS = {
    "title": "titel",
    "text": "letterlijke tekst",
    "kind": "soort",
    "theme": "thema",
    "lead": "wie voert het uit",
    "contributors": "wie werkt mee",
    "deadline": "einddatum",
    "article": "vindplaats",
    "depends_on": "kan pas na",
    "needs": "wat eerst nodig is",
    "order": "volgorde",
    "indicator": "indicator",
    "direction": "richting van het doel",
    "target_value": "doel",
    "out_of": "van hoeveel in totaal",
    "baseline": "nulmeting",
    "plan_1": "planning op 31 maart",
    "plan_2": "planning op 30 juni",
    "plan_3": "planning op 30 september",
    "plan_4": "planning op 31 december",
}


def as_data(values: dict[str, Any]) -> dict[str, Any]:
    """Values for history: text, and amounts as text; rows become their name."""
    return {name: None if value is None else _as_text(value) for name, value in values.items()}


def _as_text(value: Any) -> str:
    if isinstance(value, tuple):
        return "\n".join(f"{party}: {what}" for party, what in value)
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _check_code(year_slice: YearSlice, code: str) -> None:
    if Commitment.objects.filter(code=code).exists():
        free = next_code(year_slice)
        raise ValidationError({"code": f"Nummer {code} is al gebruikt. Het eerste vrije nummer is {free}."})


def _check_values(commitment: Commitment, values: dict[str, Any], *, changed: dict[str, Any]) -> None:
    """ValidationError for what cannot be. Parties and the dependency are only looked up when they changed."""
    found = faults(values, year=commitment.year_slice.year)
    involved = {party for party, _ in values["contributors"]} | {values["lead"]}
    allowed = set(parties_to(commitment.year_slice.agreement))
    if ("lead" in changed or "contributors" in changed) and involved - allowed:
        name = "lead" if values["lead"] not in allowed else "contributors"
        outsiders = ", ".join(sorted(party.name for party in involved - allowed))
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


def _apply(commitment: Commitment, values: dict[str, Any]) -> None:
    target = {name: values.pop(name) for name in TARGET_FIELDS}
    steps = [values.pop(name) for name in QUARTERS]
    _set_contributors(commitment, values.pop("contributors"))
    for name, value in values.items():
        setattr(commitment, name, value)
    _set_target(commitment, **target)
    commitment.search_text = search_text(commitment)
    commitment.save(update_fields=[*values, "search_text"])
    if measure := commitment.measure:
        _set_quarters(measure, dict(zip(commitment.year_slice.quarter_ends, steps, strict=True)))


def _set_contributors(commitment: Commitment, rows: Sequence[tuple[Party, str]]) -> None:
    parties = [party for party, _ in rows]
    commitment.contributions.exclude(party__in=parties).delete()
    for party, what in rows:
        Contribution.objects.update_or_create(commitment=commitment, party=party, defaults={"what": what})


def _set_target(
    commitment: Commitment,
    indicator: Any,
    direction: str,
    target_value: Decimal | None,
    baseline: Decimal | None = None,
    out_of: Decimal | None = None,
) -> None:
    if indicator is None or target_value is None:
        Target.objects.filter(commitment=commitment).delete()
        commitment._state.fields_cache["target"] = None
        return
    values = {"indicator": indicator, "direction": direction, "value": target_value}
    values |= {"baseline": baseline, "out_of": out_of}
    commitment.target, _ = Target.objects.update_or_create(commitment=commitment, defaults=values)


def _set_quarters(target: Target, steps: dict[date, Decimal | None]) -> None:
    """The plan on the last days of the quarters; steps on other days stay."""
    gone = [day for day, value in steps.items() if value is None]
    target.plan.filter(on__in=gone).delete()
    for day, value in steps.items():
        if value is not None:
            PlannedValue.objects.update_or_create(target=target, on=day, defaults={"value": value})
