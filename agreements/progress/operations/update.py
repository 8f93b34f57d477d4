"""Reporting progress."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.access.once import made_before
from agreements.accounts.models import User
from agreements.commitments.models import Commitment
from agreements.documents.models import Evidence
from agreements.documents.operations import attach_evidence
from agreements.history.operations import record
from agreements.progress import permissions
from agreements.progress.models import (
    Claim,
    EvidenceLink,
    Measurement,
    ProgressUpdate,
    ReportingRound,
    Return,
)
from agreements.progress.operations.draft import take_draft
from agreements.progress.operations.round import held_round
from agreements.progress.operations.standing import settle_standing
from agreements.progress.queries import newest_update


@transaction.atomic
def submit_progress(
    commitment: Commitment,
    *,
    by: User,
    on: date,
    round: ReportingRound,
    key: UUID,
    claim: Claim,
    evidence: Sequence[Evidence] = (),
    seen: int | None = None,
    version: int | None = None,
) -> ProgressUpdate:
    """Report what the executing party says, and return the update; the draft that was kept goes.

    `key` comes from the form: the same key again returns the update that is there. `seen` is the number of the
    newest update the form was filled from, `version` that of the draft, 0 for none; ValidationError when a colleague
    was first, when a correction has no reason, or when the round is closed. None skips those questions (data sets).
    """
    round, commitment = held_round(round), held_commitment(commitment)
    permissions.submit_progress(commitment, by=by)
    if existing := made_before(ProgressUpdate.objects, key, commitment=commitment, submitted_by=by):
        return existing
    newest = newest_update(commitment)
    check_moment(round, commitment, claim, newest, on=on, seen=seen)
    take_draft(commitment, round, version)
    return put_in(commitment, round, claim, key=key, by=by, on=on, evidence=evidence)


def held_commitment(commitment: Commitment) -> Commitment:
    """The commitment as it is now, locked until commit: two answers to one question wait for each other."""
    return Commitment.objects.select_for_update(of=("self",)).with_everything().get(pk=commitment.pk)


def check_moment(
    round_: ReportingRound,
    commitment: Commitment,
    claim: Claim,
    newest: ProgressUpdate | None,
    *,
    on: date,
    seen: int | None,
) -> None:
    """ValidationError when this claim cannot be sent now."""
    if not round_.is_open_on(on):
        raise ValidationError(
            f"De ronde {round_.name.lower()} is gesloten. Neem contact op met de gemeente.", code="closed"
        )
    if seen is None:
        return
    if newest is not None and newest.number != seen:
        raise ValidationError(overtaken(newest), code="overtaken")
    if not claim.reason and commitment.updates.filter(round=round_).exists():
        raise ValidationError({"reason": "Schrijf op waarom u uw eerdere antwoord in deze ronde verbetert."})


def put_in(
    commitment: Commitment,
    round_: ReportingRound,
    claim: Claim,
    *,
    key: UUID,
    by: User,
    on: date,
    evidence: Sequence[Evidence] = (),
    approver: User | None = None,
) -> ProgressUpdate:
    """Make the update that counts, with all that follows from it. The caller has checked and locked."""
    newest = newest_update(commitment)
    update = _new_update(
        commitment, round_, claim, newest=newest, key=key, by=by, on=on, approved_by=approver
    )
    attach_evidence(evidence, on=on)
    update.evidence.set(evidence)
    EvidenceLink.objects.bulk_create(
        EvidenceLink(update=update, address=address, visibility=claim.links_for) for address in claim.links
    )
    settle_standing(commitment)
    asked = Return.objects.filter(update__commitment=commitment, update__round=round_)
    open_ones = asked.filter(update__party=commitment.lead, answered_on__isnull=True)
    open_ones.update(correction=update, answered_on=on, answered_by=by)
    _record_submission(update, newest, claim, by=approver or by, on=on)
    return update


def _new_update(
    commitment: Commitment,
    round_: ReportingRound,
    claim: Claim,
    *,
    newest: ProgressUpdate | None,
    key: UUID,
    by: User,
    on: date,
    approved_by: User | None,
) -> ProgressUpdate:
    update = ProgressUpdate.objects.create(
        commitment=commitment,
        round=round_,
        number=newest.number + 1 if newest else 1,
        key=key,
        party=commitment.lead,
        status=claim.status,
        explanation=claim.explanation,
        measure=claim.measure,
        expected_on=claim.expected_on,
        reason=claim.reason,
        is_unchanged=claim.is_unchanged,
        submitted_on=on,
        submitted_by=by,
        approved_by=approved_by,
        approved_on=on if approved_by else None,
    )
    if commitment.measure and claim.value is not None:
        update.measurement = Measurement.objects.create(
            update=update,
            indicator=commitment.measure.indicator,
            value=claim.value,
            numerator=claim.numerator,
            denominator=claim.denominator,
            as_of=claim.as_of or round_.as_of,
            certainty=claim.certainty,
        )
    return update


def overtaken(newest: ProgressUpdate) -> str:
    """The sentence for who comes second."""
    figure = f", {newest.figure}" if newest.figure else ""
    return (
        f"Iemand van uw organisatie heeft intussen al voortgang doorgegeven: {newest.get_status_display()}{figure}. "
        "Kijk of uw antwoord nog klopt. Verstuur het dan opnieuw; beide antwoorden blijven bewaard."
    )


def _record_submission(
    update: ProgressUpdate, before: ProgressUpdate | None, claim: Claim, *, by: User, on: date
) -> None:
    figure = f", {_spoken(update.figure)}" if update.figure else ""
    unchanged = "ongewijzigd, " if update.is_unchanged else ""
    record(
        "progress.submitted",
        update.commitment,
        by=by,
        on=on,
        party=update.party,
        sentence=f"Voortgang {update.round.name.lower()}: {unchanged}{update.get_status_display()}{figure}.",
        why=update.reason,
        data={
            "update": update.number,
            "round": update.round.code,
            "status": update.status,
            "value": str(update.figure.value) if update.figure else None,
            "explanation": update.explanation,
            "measure": update.measure,
            "before": before.status if before else None,
            "unchanged": update.is_unchanged,
            "filled_in_by": update.submitted_by_id,
            "links": list(claim.links),
            "evidence": [piece.as_data() for piece in update.evidence.all()],
        },
    )


def _spoken(figure: Measurement) -> str:
    if figure.indicator.is_yes_no:
        return "gedaan" if figure.value else "nog niet gedaan"
    return f"{figure.value.normalize():f} {figure.indicator.unit}".replace(".", ",")
