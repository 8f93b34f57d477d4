"""Amendments: the only way in which adopted text, target, lead or deadline change (rule 3)."""

from collections.abc import Collection
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.accounts.models import User
from agreements.commitments import permissions
from agreements.commitments.faults import fault_in_division
from agreements.commitments.models import AmendedPart, Amendment, AmendmentAnswer, Commitment, Target
from agreements.commitments.operations.division import divide
from agreements.commitments.operations.values import (
    LABELS,
    TARGET_FIELDS,
    apply_values,
    as_data,
    claim_version,
)
from agreements.history.operations import record


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
    changed = {n: changes[n] for n in Amendment.FIELDS if changes.get(n) not in (None, "", (), before[n])}
    _check_proposal(current, version, changed)
    _check_division(before, changed)
    party = permissions.proposer_for(current, by=by)
    amendment = _new_amendment(
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


def _new_amendment(*, division: Any = (), **fields: Any) -> Amendment:
    amendment = Amendment.objects.create(**fields)
    parts = (AmendedPart(amendment=amendment, party=party, value=value) for party, value in division)
    AmendedPart.objects.bulk_create(parts)
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


def _check_division(before: dict[str, Any], changed: dict[str, Any]) -> None:
    """The parties of an adopted division stay; what each of them does may change, and makes the target."""
    wanted = {**before, **changed}
    if {party for party, _ in wanted["division"]} != {party for party, _ in before["division"]}:
        raise ValidationError("De partijen in de verdeling blijven dezelfde. Verander alleen hun deel.")
    if sentence := fault_in_division(wanted):
        raise ValidationError(sentence)


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
    wanted = {**before, **changed}
    apply_values(current, wanted)
    note = partial(_note_in_force, amendment=amendment, by=by, on=on)
    divide(current, wanted["division"], by=by, on=on, note=note)
    _decide(amendment, Amendment.State.IN_FORCE, on)
    note(current, before)


def _note_in_force(
    changed: Commitment, before: dict[str, Any], *, amendment: Amendment, by: User, on: date
) -> None:
    """Keep what was signed beside what holds now: of the commitment itself, and of each part that follows it."""
    now = changed.editable_values()
    names = [name for name in LABELS if now[name] != before[name]]
    if "target_value" in names:
        unamended = Target.objects.filter(commitment=changed, original__isnull=True)
        unamended.update(original=before["target_value"])
    whole = "" if changed == amendment.commitment else f" van {amendment.commitment.code}"
    sentence = f"Wijziging {amendment.number}{whole} is van kracht: {_named(names)}."
    data: dict[str, Any] = {"version": changed.version, "amendment": amendment.number}
    data |= {"before": as_data({name: before[name] for name in names}), "after": as_data(now)}
    record("commitments.amended", changed, by=by, on=on, sentence=sentence, why=amendment.reason, data=data)


def _named(changed: Collection[str]) -> str:
    return ", ".join(LABELS[name] for name in LABELS if name in changed)
