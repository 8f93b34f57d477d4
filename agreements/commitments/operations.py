"""Writing commitments: check, change, record, return."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from agreements.accounts.models import User
from agreements.agreement.models import Theme, YearSlice
from agreements.commitments import permissions
from agreements.commitments.models import (
    Amendment,
    AmendmentAnswer,
    Commitment,
    Contribution,
    PlannedValue,
    Status,
    Target,
)
from agreements.commitments.queries import normalised
from agreements.history.operations import record
from agreements.parties.models import Party

TARGET_FIELDS = ("indicator", "direction", "target_value")


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
    contributors: list[tuple[Party, str]] | None = None,
    target: dict[str, Any] | None = None,
    plan: list[tuple[date, Decimal]] | None = None,
    **fields: Any,
) -> Commitment:
    """Add a commitment to a jaarschijf. `by` is None when the signed text is loaded from a data set."""
    if by is not None:
        permissions.draft_commitment(by=by)
    commitment = Commitment(year_slice=year_slice, code=code, theme=theme, lead=lead, **fields)
    commitment.search_text = search_text(commitment)
    commitment.save()
    for party, what in contributors or []:
        Contribution.objects.create(commitment=commitment, party=party, what=what)
    if target:
        _set_target(commitment, **target)
        for day, value in plan or []:
            PlannedValue.objects.create(target=commitment.target, on=day, value=value)
    record(
        "commitments.drafted",
        commitment,
        by=by,
        on=on,
        sentence=f"Afspraak {code} opgenomen in {str(year_slice).lower()}.",
        data={"version": commitment.version, "after": as_data(commitment.editable_values())},
    )
    return commitment


@transaction.atomic
def edit_commitment(
    commitment: Commitment, *, by: User, on: date, version: int, changes: dict[str, Any], why: str = ""
) -> Commitment:
    """Change a draft and return it. EditConflict when `version`, from which the form was filled, is no longer the newest.

    `changes` is {field: new value} with the fields of `Commitment.editable_values`. Saving what is already
    there records nothing.
    """
    current = Commitment.objects.with_everything().get(pk=commitment.pk)
    permissions.edit_commitment(current, by=by)
    before = current.editable_values()
    changed = {name: value for name, value in changes.items() if before[name] != value}
    if not changed:
        return current
    claim_version(current, version)
    _apply(current, {**before, **changed})
    record(
        "commitments.edited",
        current,
        by=by,
        on=on,
        sentence=f"Afspraak {current.code} aangepast: {', '.join(LABELS[n] for n in LABELS if n in changed)}.",
        why=why,
        data={
            "version": current.version,
            "before": as_data({name: before[name] for name in changed}),
            "after": as_data(current.editable_values()),
        },
    )
    return current


@transaction.atomic
def withdraw_commitment(commitment: Commitment, *, by: User | None, on: date, reason: str) -> Commitment:
    """Take a commitment back, with the reason; it stays readable as "Vervallen". `by` is None for a data set."""
    if by is not None:
        permissions.edit_commitment(commitment, by=by)
    commitment.withdrawn_on, commitment.withdrawn_reason, commitment.status = on, reason, Status.DROPPED
    commitment.save(update_fields=["withdrawn_on", "withdrawn_reason", "status"])
    sentence = f"Afspraak {commitment.code} ingetrokken."
    record("commitments.withdrawn", commitment, by=by, on=on, sentence=sentence, why=reason)
    return commitment


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


LABELS = {
    "title": "titel",
    "text": "letterlijke tekst",
    "kind": "soort",
    "theme": "thema",
    "lead": "wie voert het uit",
    "deadline": "einddatum",
    "indicator": "indicator",
    "direction": "richting van het doel",
    "target_value": "doel",
}


def as_data(values: dict[str, Any]) -> dict[str, Any]:
    """Values for history: text, and amounts as text; rows become their name."""
    return {name: None if value is None else _as_text(value) for name, value in values.items()}


def _as_text(value: Any) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def search_text(commitment: Commitment) -> str:
    """What the search box looks through."""
    parts = (commitment.code, commitment.title, commitment.text, commitment.theme.name, commitment.lead.name)
    return normalised(" ".join(parts))


def _apply(commitment: Commitment, values: dict[str, Any]) -> None:
    target = {name: values.pop(name) for name in TARGET_FIELDS}
    for name, value in values.items():
        setattr(commitment, name, value)
    commitment.search_text = search_text(commitment)
    commitment.save(update_fields=[*values, "search_text"])
    _set_target(commitment, **target)


def _set_target(
    commitment: Commitment, indicator: Any, direction: str, target_value: Decimal | None, baseline: Any = None
) -> None:
    if indicator is None or target_value is None:
        Target.objects.filter(commitment=commitment).delete()
        commitment._state.fields_cache["target"] = None
        return
    values = {"indicator": indicator, "direction": direction, "value": target_value}
    if baseline is not None:
        values["baseline"] = baseline
    commitment.target, _ = Target.objects.update_or_create(commitment=commitment, defaults=values)


# -- amendments: the only way in which adopted text, target, lead or deadline change (rule 3)


@transaction.atomic
def propose_amendment(
    commitment: Commitment, *, by: User, on: date, version: int, changes: dict[str, Any], reason: str
) -> Amendment:
    """Propose to change adopted text and ask the other parties concerned; returns the open amendment.

    `changes` is {field: new value} with fields of `Amendment.FIELDS`, `version` the one the form was filled from.
    ValidationError when another proposal is open (of two at once one wins) or nothing would change.
    """
    current = _locked(commitment)
    permissions.propose_amendment(current, by=by)
    before = current.editable_values()
    changed = {n: changes[n] for n in Amendment.FIELDS if changes.get(n) not in (None, "", before[n])}
    _check_proposal(current, version, changed)
    party = permissions.proposer_for(current, by=by)
    amendment = Amendment.objects.create(
        commitment=current,
        number=current.amendments.count() + 1,
        version=version,
        reason=reason,
        before=as_data({name: before[name] for name in changed}),
        party=party,
        proposed_by=by,
        proposed_on=on,
        **changed,
    )
    _ask_the_others(amendment)
    sentence = f"Wijziging {amendment.number} voorgesteld: {_named(changed)}."
    data = {"amendment": amendment.number, "before": amendment.before, "proposed": as_data(changed)}
    record(
        "commitments.amendment_proposed",
        current,
        by=by,
        on=on,
        party=party,
        sentence=sentence,
        why=reason,
        data=data,
    )
    return amendment


@transaction.atomic
def answer_amendment(
    amendment: Amendment, *, by: User, on: date, outcome: str, reason: str = ""
) -> Amendment:
    """Accept or refuse for one party. One refusal refuses it; when all accept it is in force from that day."""
    commitment = _locked(amendment.commitment)
    amendment = commitment.amendments.select_related("commitment__year_slice", "party", "lead").get(
        pk=amendment.pk
    )
    permissions.answer_amendment(amendment, by=by)
    answer = permissions.answer_for(amendment, by=by)
    answer.outcome, answer.reason, answer.answered_on, answer.answered_by = outcome, reason, on, by
    answer.save()
    sentence = f"Wijziging {amendment.number}: {answer.get_outcome_display().lower()}."
    data = {"amendment": amendment.number, "outcome": outcome}
    record(
        "commitments.amendment_answered",
        commitment,
        by=by,
        on=on,
        party=answer.party,
        sentence=sentence,
        why=reason,
        data=data,
    )
    if outcome == AmendmentAnswer.Outcome.REFUSED:
        _decide(amendment, Amendment.State.REFUSED, on)
    elif not amendment.answers.filter(outcome=AmendmentAnswer.Outcome.PENDING).exists():
        _put_in_force(amendment, commitment, by=by, on=on)
    return amendment


@transaction.atomic
def withdraw_amendment(amendment: Amendment, *, by: User, on: date) -> Amendment:
    """Take a proposal back before everybody answered; the text stays as it is."""
    commitment = _locked(amendment.commitment)
    amendment = commitment.amendments.select_related("party").get(pk=amendment.pk)
    permissions.withdraw_amendment(amendment, by=by)
    _decide(amendment, Amendment.State.WITHDRAWN, on)
    sentence = f"Wijziging {amendment.number} ingetrokken door {amendment.party.name}."
    data = {"amendment": amendment.number}
    record(
        "commitments.amendment_withdrawn",
        commitment,
        by=by,
        on=on,
        party=amendment.party,
        sentence=sentence,
        data=data,
    )
    return amendment


def _locked(commitment: Commitment) -> Commitment:
    """The row as it is now, kept from others until commit: two proposals or two last answers wait for each other."""
    return Commitment.objects.select_for_update(of=("self",)).with_everything().get(pk=commitment.pk)


def _check_proposal(current: Commitment, version: int, changed: dict[str, Any]) -> None:
    if current.amendments.filter(state=Amendment.State.OPEN).exists():
        raise ValidationError(
            "Er loopt al een wijzigingsvoorstel voor deze afspraak. "
            "Wacht tot alle partijen hebben geantwoord, of tot het is ingetrokken.",
            code="conflict",
        )
    if current.version != version:
        raise ValidationError(
            "Deze afspraak is intussen gewijzigd. Bekijk de nieuwe tekst en stel uw wijziging opnieuw voor.",
            code="conflict",
        )
    if not changed:
        raise ValidationError("Alles staat er al zo. Verander minstens één antwoord.")
    if current.measure is None and not changed.keys().isdisjoint(TARGET_FIELDS):
        raise ValidationError("Deze afspraak heeft geen doel dat u kunt wijzigen.")


def _ask_the_others(amendment: Amendment) -> None:
    """One answer to give for each other party concerned, fixed now: who joins later does not change who decides."""
    concerned = permissions.parties_concerned(amendment.commitment, lead=amendment.lead)
    others = [party for party in concerned if party != amendment.party]
    if not others:
        raise ValidationError("Er is geen andere partij die over deze wijziging kan beslissen.")
    AmendmentAnswer.objects.bulk_create(AmendmentAnswer(amendment=amendment, party=p) for p in others)


def _decide(amendment: Amendment, state: Amendment.State, on: date) -> None:
    amendment.state, amendment.decided_on = state, on
    amendment.save(update_fields=["state", "decided_on"])


def _put_in_force(amendment: Amendment, current: Commitment, *, by: User, on: date) -> None:
    """Change the adopted commitment itself; compare-and-swap on the version that the parties read."""
    claim_version(current, amendment.version)
    before, changed = current.editable_values(), amendment.changes()
    _apply(current, {**before, **changed})
    if "target_value" in changed:
        unamended = Target.objects.filter(commitment=current, original__isnull=True)
        unamended.update(original=before["target_value"])
    _decide(amendment, Amendment.State.IN_FORCE, on)
    record(
        "commitments.amended",
        current,
        by=by,
        on=on,
        sentence=f"Wijziging {amendment.number} is van kracht: {_named(changed)}.",
        why=amendment.reason,
        data={
            "version": current.version,
            "amendment": amendment.number,
            "before": amendment.before,
            "after": as_data(current.editable_values()),
        },
    )


def _named(changed: dict[str, Any]) -> str:
    return ", ".join(LABELS[name] for name in LABELS if name in changed)
