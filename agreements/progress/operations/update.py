"""Reporting progress."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.accounts.models import User
from agreements.commitments.models import Commitment
from agreements.commitments.operations import note_standing
from agreements.documents.models import Evidence
from agreements.documents.operations import attach_evidence
from agreements.history.operations import record
from agreements.progress import permissions
from agreements.progress.models import Claim, Measurement, ProgressUpdate, ReportingRound
from agreements.progress.operations.round import held_round
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
) -> ProgressUpdate:
    """Report what the executing party says, and return the update.

    `key` comes from the form: the same key again returns the update that is there. `seen` is the number of the
    newest update the form was filled from, 0 for none; ValidationError when a colleague reported since, or when
    the round is closed. None skips that question (data sets).
    """
    round = held_round(round)
    commitment = Commitment.objects.select_for_update(of=("self",)).with_everything().get(pk=commitment.pk)
    permissions.submit_progress(commitment, by=by)
    if existing := ProgressUpdate.objects.filter(key=key).first():
        return _the_same(existing, commitment, by=by)
    newest = newest_update(commitment)
    _check_moment(round, newest, on=on, seen=seen)
    update = _new_update(commitment, round, claim, newest=newest, key=key, by=by, on=on)
    attach_evidence(evidence, on=on)
    update.evidence.set(evidence)
    as_of = claim.as_of or round.as_of
    note_standing(commitment, status=claim.status, value=claim.value, as_of=as_of, on=on)
    _record_submission(update, newest, by=by, on=on)
    return update


def _the_same(existing: ProgressUpdate, commitment: Commitment, *, by: User) -> ProgressUpdate:
    if existing.commitment_id != commitment.pk or existing.submitted_by_id != by.pk:
        raise ValidationError("Dit formulier is al gebruikt. Laad de pagina opnieuw en vul het opnieuw in.")
    return existing


def _check_moment(
    round_: ReportingRound, newest: ProgressUpdate | None, *, on: date, seen: int | None
) -> None:
    if not round_.is_open_on(on):
        raise ValidationError(f"De ronde {round_.name.lower()} is gesloten. Neem contact op met de gemeente.")
    if seen is not None and newest is not None and newest.number != seen:
        raise ValidationError(_overtaken(newest))


def _new_update(
    commitment: Commitment,
    round_: ReportingRound,
    claim: Claim,
    *,
    newest: ProgressUpdate | None,
    key: UUID,
    by: User,
    on: date,
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
        submitted_on=on,
        submitted_by=by,
    )
    if commitment.measure and claim.value is not None:
        update.measurement = Measurement.objects.create(
            update=update,
            indicator=commitment.measure.indicator,
            value=claim.value,
            as_of=claim.as_of or round_.as_of,
            certainty=claim.certainty,
        )
    return update


def _overtaken(newest: ProgressUpdate) -> str:
    figure = f", {newest.figure}" if newest.figure else ""
    return (
        f"Iemand van uw organisatie heeft intussen al voortgang doorgegeven: {newest.get_status_display()}{figure}. "
        "Kijk of uw antwoord nog klopt. Verstuur het dan opnieuw; beide antwoorden blijven bewaard."
    )


def _record_submission(update: ProgressUpdate, before: ProgressUpdate | None, *, by: User, on: date) -> None:
    figure = f", {_spoken(update.figure)}" if update.figure else ""
    record(
        "progress.submitted",
        update.commitment,
        by=by,
        on=on,
        party=update.party,
        sentence=f"Voortgang {update.round.name.lower()}: {update.get_status_display()}{figure}.",
        data={
            "update": update.number,
            "round": update.round.code,
            "status": update.status,
            "value": str(update.figure.value) if update.figure else None,
            "explanation": update.explanation,
            "measure": update.measure,
            "before": before.status if before else None,
            "evidence": [piece.as_data() for piece in update.evidence.all()],
        },
    )


def _spoken(figure: Measurement) -> str:
    if figure.indicator.is_yes_no:
        return "gedaan" if figure.value else "nog niet gedaan"
    return f"{figure.value.normalize():f} {figure.indicator.unit}".replace(".", ",")
