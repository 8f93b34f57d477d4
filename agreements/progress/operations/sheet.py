"""Many answers at once: what one party gives in one round."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.accounts.models import User
from agreements.commitments.models import Commitment
from agreements.history.operations import record
from agreements.parties.models import Party
from agreements.progress import permissions
from agreements.progress.models import Claim, ReportingRound
from agreements.progress.operations.approval import offer_progress
from agreements.progress.operations.draft import keep
from agreements.progress.operations.round import held_round
from agreements.progress.operations.update import submit_progress
from agreements.web.formats import counted


@dataclass(frozen=True)
class Answer:
    """One row of a sheet: what was typed and what was read from it, with what it was filled from.

    `claim` is None when the row is kept only.
    """

    commitment: Commitment
    key: UUID
    seen: int
    version: int
    answers: dict[str, str]
    claim: Claim | None = None


@transaction.atomic
def save_sheet(party: Party, *, by: User, on: date, round: ReportingRound, rows: Sequence[Answer]) -> int:
    """Keep many concepts, and return how many. ValidationError, by code, for rows a colleague changed: none is kept."""
    permissions.fill_sheet(party, by=by)
    own = Commitment.objects.select_for_update(of=("self",)).filter(lead=party)
    held = {row.pk: row for row in own.with_everything().order_by("pk")}

    def keep_row(row: Answer) -> None:
        commitment = held[row.commitment.pk]
        permissions.save_draft(commitment, by=by)
        keep(commitment, round, row.answers, version=row.version, by=by, on=on)

    _each(rows, keep_row)
    answers = counted(len(rows), "antwoord", "antwoorden")
    sentence = f"{party.name} bewaarde een concept van {answers} voor {round.name.lower()}."
    record("progress.sheet_saved", round, by=by, on=on, party=party, sentence=sentence)
    return len(rows)


@transaction.atomic
def submit_sheet(party: Party, *, by: User, on: date, round: ReportingRound, rows: Sequence[Answer]) -> int:
    """Send many answers, or lay them before the signatory; returns how many. All of them, or none.

    ValidationError, by code, for each row that a colleague was first with; without code when the round is closed.
    """
    party = Party.objects.get(pk=party.pk)
    permissions.fill_sheet(party, by=by)
    round = held_round(round)
    if not round.is_open_on(on):
        raise ValidationError(
            f"De ronde {round.name.lower()} is gesloten. Er is niets verstuurd; uw tekst staat hieronder nog. "
            "Bewaar uw antwoorden als concept en vraag de gemeente om de ronde weer te openen.",
            code="closed",
        )

    def send_row(row: Answer) -> None:
        given: dict[str, Any] = {"by": by, "on": on, "round": round, "key": row.key, "claim": row.claim}
        given |= {"seen": row.seen, "version": row.version}
        given["evidence"] = evidence_of(row.commitment, round)
        if permissions.must_be_approved(party, by=by):
            offer_progress(row.commitment, answers=row.answers, **given)
        else:
            submit_progress(row.commitment, **given)

    _each(rows, send_row)
    return len(rows)


def evidence_of(commitment: Commitment, round_: ReportingRound) -> list[Any]:
    """The files that were added to the draft in the form of the commitment itself."""
    draft = commitment.drafts.filter(round=round_, party=commitment.lead).first()
    return list(draft.evidence.filter(attached_on__isnull=True)) if draft else []


def _each(rows: Sequence[Answer], do: Callable[[Answer], None]) -> None:
    """Do it for every row in one order (locks), and say of all that cannot be why."""
    wrong: dict[str, Any] = {}
    for row in sorted(rows, key=lambda row: row.commitment.pk):
        try:
            do(row)
        except ValidationError as error:
            # Django's dictionary of errors would lose what is under a field: here every sentence goes to the row.
            wrong[row.commitment.code] = error if not hasattr(error, "error_dict") else error.messages
    if wrong:
        raise ValidationError(wrong)
