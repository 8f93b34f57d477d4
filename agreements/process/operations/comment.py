"""Comments on a text, and the answers to them. As with proposals, `hold_phase` lets those of one year wait in turn."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.access.once import made_before
from agreements.accounts.models import User
from agreements.agreement.operations import hold_phase
from agreements.commitments.models import Commitment
from agreements.history.operations import record
from agreements.parties.models import Party
from agreements.process import permissions
from agreements.process.models import Comment


@transaction.atomic
def add_comment(
    commitment: Commitment,
    *,
    by: User,
    on: date,
    party: Party,
    voice: str,
    text: str,
    version: int,
    key: UUID,
) -> Comment:
    """Comment on a text and return the comment; the same `key` again returns the one that is there.

    `version` is that of the text the person read; ValidationError (code "conflict") when it changed since.
    """
    year_slice = hold_phase(commitment.year_slice)
    current = Commitment.objects.get(pk=commitment.pk)
    current.year_slice = year_slice
    permissions.add_comment(current, by=by)
    if (party, voice) not in permissions.voices(by=by):
        raise ValidationError({"voice": "Kies namens wie u spreekt."})
    if existing := made_before(Comment.objects, key, commitment=current, said_by=by):
        return existing
    if current.version != version:
        sentence = "De tekst is intussen veranderd. Lees wat er nu staat en verstuur uw opmerking opnieuw."
        raise ValidationError(sentence, code="conflict")
    given = {"number": current.comments.count() + 1, "party": party, "voice": voice, "text": text, "key": key}
    comment = Comment.objects.create(commitment=current, version=version, said_by=by, said_on=on, **given)
    record(
        "process.comment_added",
        current,
        by=by,
        on=on,
        party=party,
        sentence=f"Opmerking {comment.number} van {comment.speaker}.",
        data={"comment": comment.number, "version": version, "voice": voice, "text": text},
    )
    return comment


@transaction.atomic
def answer_comment(comment: Comment, *, by: User, on: date, outcome: str, reason: str = "") -> Comment:
    """Say whether a comment was taken up, and why not; return it. ValidationError (code "conflict") the second time."""
    year_slice = hold_phase(comment.commitment.year_slice)
    permissions.answer_comments(year_slice, by=by)
    current = Comment.objects.select_related("commitment", "party").get(pk=comment.pk)
    current.commitment.year_slice = year_slice
    if not current.is_open:
        answer = current.get_state_display().lower()
        raise ValidationError(f"Deze opmerking is al beantwoord: {answer}.", code="conflict")
    permissions.answer_comment(current, by=by)
    if outcome == Comment.State.DECLINED and not reason:
        raise ValidationError({"reason": "Leg uit waarom niet. De partij leest dit."})
    current.state, current.reason, current.answered_by, current.answered_on = outcome, reason, by, on
    current.save(update_fields=["state", "reason", "answered_by", "answered_on"])
    record(
        "process.comment_answered",
        current.commitment,
        by=by,
        on=on,
        sentence=f"Opmerking {current.number}: {current.get_state_display().lower()}.",
        why=reason,
        data={"comment": current.number, "outcome": outcome},
    )
    return current
