"""Judging figures of others, and answering a dissent (rule 4)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.access.refusals import Refused
from agreements.accounts.models import User
from agreements.commitments.queries import concerned_in
from agreements.history.operations import record
from agreements.parties.models import Party
from agreements.progress import permissions
from agreements.progress.models import (
    Assessment,
    AssessmentAnswer,
    Judgement,
    ProgressUpdate,
    ReportingRound,
    last_day_to_assess,
)
from agreements.progress.operations.round import held_round
from agreements.progress.queries import assessable
from agreements.web.formats import dutch_date


@transaction.atomic
def assess_progress(
    update: ProgressUpdate, *, by: User, on: date, judgement: Judgement, party: Party | None = None
) -> Assessment:
    """Judge one figure for a party concerned and return the judgement; the same again returns what is there.

    ValidationError: the window is closed, or (code "conflict") the figure was corrected or a colleague was first.
    """
    held_round(update.round)  # a correction locks the round too: nobody judges what is being replaced
    permissions.assess_progress(update, by=by, party=party)
    party = permissions.assessor_for(update, by=by, party=party)
    newest = update.commitment.updates.filter(round=update.round).order_by("number").last()
    assert newest is not None
    return _judge(newest, party, judgement, by=by, on=on)


@transaction.atomic
def assess_round(
    round_: ReportingRound, *, by: User, on: date, party: Party, judgements: Mapping[int, Judgement]
) -> list[Assessment]:
    """Judge many figures of a round at once, all or none. `judgements` is {primary key of the commitment: judgement}."""
    round_ = held_round(round_)
    permissions.assess_round(round_, by=by)
    if party not in permissions.assessors(by):
        raise Refused(f"U beoordeelt geen cijfers voor {party.name}.")
    related = ("commitment__year_slice", "commitment__lead", "round", "party")
    found = assessable(party).filter(round=round_, commitment__in=judgements).select_related(*related)
    updates = {update.commitment_id: update for update in found.order_by("commitment__code")}
    if len(updates) < len(judgements):
        raise Refused("Een van deze cijfers gaat uw organisatie niet aan. Laad de pagina opnieuw.")
    return [_judge(update, party, judgements[pk], by=by, on=on) for pk, update in updates.items()]


@transaction.atomic
def answer_assessment(assessment: Assessment, *, by: User, on: date, text: str) -> AssessmentAnswer:
    """Answer a dissent for the executing party, once. Sent twice gives one; ValidationError when a colleague was first."""
    held_round(assessment.update.round)
    permissions.answer_assessment(assessment, by=by)
    existing = AssessmentAnswer.objects.filter(assessment=assessment).select_related("given_by").first()
    if existing and (existing.text, existing.given_by_id) == (text, by.pk):
        return existing
    if existing:
        raise ValidationError(
            f"Uw organisatie heeft al geantwoord op {dutch_date(existing.given_on)} "
            f"({existing.given_by.function}). Dat antwoord blijft staan.",
            code="conflict",
        )
    update = assessment.update
    answer = AssessmentAnswer.objects.create(
        assessment=assessment, party=update.party, text=text, given_on=on, given_by=by
    )
    record(
        "progress.assessment_answered",
        update.commitment,
        by=by,
        on=on,
        party=update.party,
        sentence=f"Antwoord op het oordeel van {assessment.party.name} over {update.round.name.lower()}.",
        why=text,
        data={"assessment": assessment.pk, **_privacy(update)},
    )
    return answer


def _judge(update: ProgressUpdate, party: Party, judgement: Judgement, *, by: User, on: date) -> Assessment:
    """Under the lock of the round: check what the form had seen, and add a version when something is new."""
    own = update.assessments.filter(party=party).order_by("number").last()
    _check_figure(update, judgement)
    if own and _says_the_same(own, judgement):
        return own
    _check_moment(update, own, judgement, on=on)
    assessment = Assessment.objects.create(
        update=update,
        party=party,
        number=own.number + 1 if own else 1,
        verdict=judgement.verdict,
        text=judgement.text,
        decided_on=judgement.decided_on,
        body=judgement.body,
        given_on=on,
        given_by=by,
    )
    _record_judgement(assessment, by=by, on=on)
    return assessment


def _check_figure(update: ProgressUpdate, judgement: Judgement) -> None:
    if judgement.seen and judgement.seen[0] != update.number:
        raise ValidationError(
            f"{update.party.name} heeft het cijfer van {update.commitment.code} intussen verbeterd. "
            "Kijk of uw oordeel nog klopt.",
            code="conflict",
        )


def _check_moment(update: ProgressUpdate, own: Assessment | None, judgement: Judgement, *, on: date) -> None:
    last_day, code = last_day_to_assess(update), update.commitment.code
    if on > last_day:
        raise ValidationError(f"Oordelen over {code} kon tot en met {dutch_date(last_day)}.")
    if judgement.seen and judgement.seen[1] != (own.number if own else 0):
        raise ValidationError(
            f"Iemand van uw organisatie gaf intussen een oordeel over {code}. Kies welk oordeel blijft staan.",
            code="conflict",
        )


def _says_the_same(own: Assessment, judgement: Judgement) -> bool:
    said = (judgement.verdict, judgement.text, judgement.decided_on, judgement.body)
    return (own.verdict, own.text, own.decided_on, own.body) == said


def _record_judgement(assessment: Assessment, *, by: User, on: date) -> None:
    update = assessment.update
    label = assessment.get_verdict_display().lower()
    again = "Nieuw oordeel" if assessment.number > 1 else "Oordeel"
    record(
        "progress.assessed",
        update.commitment,
        by=by,
        on=on,
        party=assessment.party,
        sentence=f"{again} over {update.round.name.lower()}: {label}.",
        why=assessment.text,
        data={
            "assessment": assessment.pk,
            "update": update.number,
            "number": assessment.number,
            "verdict": assessment.verdict,
            "decided_on": assessment.decided_on.isoformat() if assessment.decided_on else None,
            "body": assessment.body,
            **_privacy(update),
        },
    )


def _privacy(update: ProgressUpdate) -> dict[str, Any]:
    """Until the window closes only `readers` read it: `commitments.queries.readable_timeline`. The day is as it was then."""
    concerned = concerned_in([update.commitment])[update.commitment_id]
    readers = sorted({update.party_id, *(party.pk for party in concerned)})
    return {"private_until": last_day_to_assess(update).isoformat(), "readers": readers}
