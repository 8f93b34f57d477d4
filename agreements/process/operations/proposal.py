"""Proposals: made, edited and withdrawn by a party, decided on by the municipality.

All of them hold the phase of the jaarschijf first (`hold_phase`). Proposals of one year so wait for each other:
numbers stay unique, and of two who decide on one proposal the second sees what the first decided.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction

from agreements.access.once import made_before
from agreements.accounts.models import User
from agreements.agreement.models import YearSlice
from agreements.agreement.operations import hold_phase
from agreements.commitments.faults import faults
from agreements.commitments.models import Commitment
from agreements.commitments.operations import as_data, draft_commitment
from agreements.commitments.queries import last_place, next_code
from agreements.history.models import Provenance
from agreements.history.operations import record
from agreements.parties.models import Party
from agreements.process import permissions
from agreements.process.models import Proposal

State = Proposal.State


@transaction.atomic
def make_proposal(
    year_slice: YearSlice, *, by: User, on: date, party: Party, key: UUID, **fields: Any
) -> Proposal:
    """Enter a proposal for a party and return it; the same `key` again returns the one that is there.

    `fields` are those of `Proposal.FIELDS`. ValidationError, with the name of the field, for what cannot be.
    """
    year_slice = hold_phase(year_slice)
    permissions.make_proposal(year_slice, by=by)
    if party not in permissions.proposers(year_slice, by=by):
        raise ValidationError({"party": "Kies een organisatie waarvoor u voorstellen indient."})
    if existing := made_before(Proposal.objects, key, year_slice=year_slice, proposed_by=by):
        return existing
    _check_values(year_slice, fields)
    highest = year_slice.proposals.aggregate(highest=models.Max("number"))["highest"] or 0
    given = {"number": highest + 1, "key": key, "party": party, "proposed_by": by, "proposed_on": on}
    proposal = Proposal.objects.create(year_slice=year_slice, **given, **fields)
    data = {"version": proposal.version, "after": as_data(proposal.editable_values())}
    _record("proposal_made", proposal, f"ingediend: {proposal.title}.", by=by, on=on, data=data)
    return proposal


@transaction.atomic
def edit_proposal(
    proposal: Proposal, *, by: User, on: date, version: int, changes: dict[str, Any]
) -> Proposal:
    """Change a proposal that is still open, and return it. Saving what is already there records nothing.

    `version` is the one the form was filled from; ValidationError (code "conflict") when a colleague edited it
    or the municipality decided since.
    """
    permissions.write_proposal(proposal, by=by)
    current = _held(proposal)
    before = current.editable_values()
    changed = {name: value for name, value in changes.items() if before[name] != value}
    if changed or not current.is_open:
        _check_version(current, version)
    permissions.edit_proposal(current, by=by)
    if not changed:
        return current
    _check_values(current.year_slice, {**before, **changed})
    _save(current, **changed)
    data = {"version": current.version, "before": as_data({name: before[name] for name in changed})}
    data["after"] = as_data(current.editable_values())
    _record("proposal_edited", current, "aangepast.", by=by, on=on, data=data)
    return current


@transaction.atomic
def withdraw_proposal(proposal: Proposal, *, by: User, on: date) -> Proposal:
    """Take a proposal back that is still open; from then on only the own party reads it."""
    current = _held(proposal)
    permissions.withdraw_proposal(current, by=by)
    _decide(current, State.WITHDRAWN, by=by, on=on)
    _record("proposal_withdrawn", current, "ingetrokken.", by=by, on=on)
    return current


@transaction.atomic
def take_up_proposal(
    proposal: Proposal,
    *,
    by: User,
    on: date,
    version: int,
    lead: Party | None = None,
    draft: Commitment | None = None,
) -> Proposal:
    """Make a draft commitment of a proposal, and return the proposal.

    A corporation carries out its own bid; for a wish of tenants `lead` says who does. `draft` is for a data set
    in which the draft stands already. ValidationError (code "conflict") when the proposal changed since `version`.
    """
    current = _to_decide(proposal, permissions.take_up_proposal, by=by, version=version)
    if draft is not None:
        _check_draft(current, draft)
    _decide(
        current, State.TAKEN_UP, by=by, on=on, commitment=draft or _draft_from(current, lead, by=by, on=on)
    )
    _record_decision("proposal_taken_up", current, f"overgenomen als {current.commitment}.", by=by, on=on)
    return current


@transaction.atomic
def merge_proposal(
    proposal: Proposal, *, by: User, on: date, version: int, commitment: Commitment, reason: str = ""
) -> Proposal:
    """Put a proposal together with a draft that is there, and return the proposal. The draft's text stays as it is."""
    current = _to_decide(proposal, permissions.merge_proposal, by=by, version=version)
    _check_draft(current, commitment)
    _decide(current, State.MERGED, by=by, on=on, commitment=commitment, reason=reason)
    _record_decision("proposal_merged", current, f"samengevoegd met {commitment}.", by=by, on=on)
    return current


@transaction.atomic
def decline_proposal(proposal: Proposal, *, by: User, on: date, version: int, reason: str) -> Proposal:
    """Do not take a proposal up, with the reason, and return it."""
    current = _to_decide(proposal, permissions.decline_proposal, by=by, version=version)
    if not reason:
        raise ValidationError({"reason": "Leg uit waarom. De partijen lezen dit."})
    _decide(current, State.DECLINED, by=by, on=on, reason=reason)
    _record_decision("proposal_declined", current, "niet overgenomen.", by=by, on=on)
    return current


def _held(proposal: Proposal) -> Proposal:
    """The proposal as it is now, with its jaarschijf held in its phase."""
    year_slice = hold_phase(proposal.year_slice)
    current = Proposal.objects.select_related("party", "theme", "indicator").get(pk=proposal.pk)
    current.year_slice = year_slice
    return current


def _to_decide(proposal: Proposal, rule: Callable[..., None], *, by: User, version: int) -> Proposal:
    permissions.decide_proposals(by=by)
    current = _held(proposal)
    _check_version(current, version)
    rule(current, by=by)
    return current


def _check_version(current: Proposal, version: int) -> None:
    if current.version == version:
        return
    if current.is_open:
        sentence = "Dit voorstel is intussen aangepast. Lees wat er nu staat en verstuur het dan opnieuw."
    else:
        sentence = f"Over dit voorstel is al besloten: {current.get_state_display().lower()}."
    raise ValidationError(sentence, code="conflict")


def _check_values(year_slice: YearSlice, values: dict[str, Any]) -> None:
    """The same that cannot be in a draft cannot be in a proposal."""
    if found := faults(values, year=year_slice.year):
        raise ValidationError(found)


def _check_draft(current: Proposal, draft: Commitment) -> None:
    """Read again: a colleague may have withdrawn it meanwhile."""
    stands = {"pk": draft.pk, "year_slice": current.year_slice, "withdrawn_on__isnull": True}
    if not Commitment.objects.filter(**stands).exists():
        raise ValidationError(
            {"commitment": f"Kies een concept van {current.year_slice.year} dat nog bestaat."}
        )


def _draft_from(proposal: Proposal, lead: Party | None, *, by: User, on: date) -> Commitment:
    """A new draft with what was proposed: a promise about the process until it has a figure and a date."""
    lead = proposal.party if proposal.party.kind == Party.Kind.CORPORATION else lead
    if lead is None:
        raise ValidationError({"lead": "Kies wie de afspraak uitvoert."})
    year_slice = proposal.year_slice
    is_whole = proposal.indicator and proposal.deadline
    # What an invented party asks for is an example, whoever carries it out (rule 11).
    is_example = Provenance.EXAMPLE in (proposal.party.provenance, lead.provenance)
    return draft_commitment(
        year_slice,
        by=by,
        on=on,
        code=next_code(year_slice),
        theme=proposal.theme,
        lead=lead,
        kind=Commitment.Kind.HARD if is_whole else Commitment.Kind.PROCESS,
        title=proposal.title,
        text=proposal.text,
        deadline=proposal.deadline,
        order=last_place(year_slice),
        target=_target_of(proposal),
        provenance=Provenance.EXAMPLE if is_example else Provenance.OWN,
    )


def _target_of(proposal: Proposal) -> dict[str, Any] | None:
    if proposal.indicator is None:
        return None
    value: Decimal | None = proposal.target_value
    return {"indicator": proposal.indicator, "direction": proposal.direction, "target_value": value}


def _decide(current: Proposal, state: State, *, by: User, on: date, **more: Any) -> None:
    _save(current, state=state, decided_by=by, decided_on=on, **more)


def _save(current: Proposal, **values: Any) -> None:
    """Write these values as the next version."""
    for name, value in {**values, "version": current.version + 1}.items():
        setattr(current, name, value)
    current.save(update_fields=[*values, "version"])


def _record_decision(verb: str, current: Proposal, what: str, *, by: User, on: date) -> None:
    code = current.commitment.code if current.commitment else None
    data = {"version": current.version, "state": current.state, "commitment": code}
    _record(verb, current, what, by=by, on=on, party=None, why=current.reason, data=data)


def _record(verb: str, proposal: Proposal, what: str, **more: Any) -> None:
    more.setdefault("party", proposal.party)
    record(f"process.{verb}", proposal, sentence=f"Voorstel {proposal.number} {what}", **more)
