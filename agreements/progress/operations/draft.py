"""Keeping an answer that is not sent yet."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.accounts.models import User
from agreements.commitments.models import Commitment
from agreements.documents.models import Evidence
from agreements.history.operations import record
from agreements.progress import permissions
from agreements.progress.models import Draft, ReportingRound
from agreements.web.forms import only_readable_text

LONGEST = 10_000  # characters of one answer; a concept may be longer than what can be sent


class DraftConflict(ValidationError):
    """A colleague kept another text meanwhile. `current` is the draft as it stands now; nothing was overwritten."""

    def __init__(self, current: Draft):
        super().__init__(
            f"{current.saved_by.function} heeft intussen een ander concept bewaard. "
            "Kijk hieronder wat er anders is.",
            code="conflict",
        )
        self.current = current


@transaction.atomic
def save_draft(
    commitment: Commitment,
    *,
    by: User,
    on: date,
    round: ReportingRound,
    answers: dict[str, str],
    version: int,
    evidence: Sequence[Evidence] = (),
) -> Draft:
    """Keep what was typed, right or not, for the own party. DraftConflict when `version` is no longer the newest.

    A concept can be kept in a round that closed: nothing typed is lost.
    """
    commitment = Commitment.objects.select_for_update(of=("self",)).with_everything().get(pk=commitment.pk)
    permissions.save_draft(commitment, by=by)
    draft = keep(commitment, round, answers, version=version, by=by, on=on)
    share(draft, evidence)
    sentence = f"Concept bewaard voor {commitment.code}, {round.name.lower()}."
    record("progress.draft_saved", draft, by=by, on=on, party=draft.party, sentence=sentence)
    return draft


def keep(
    commitment: Commitment,
    round_: ReportingRound,
    answers: dict[str, str],
    *,
    version: int | None,
    by: User,
    on: date,
) -> Draft:
    """Make or change the one draft of this commitment in this round; the caller holds the commitment."""
    _check_answers(answers)
    draft = take_draft(commitment, round_, version, is_for_keeping=True)
    if draft is None:
        draft = Draft(commitment=commitment, round=round_, party=commitment.lead, version=0)
    draft.version += 1
    draft.state, draft.claim, draft.key, draft.remark = Draft.State.CONCEPT, None, None, ""
    draft.answers, draft.saved_by, draft.saved_on = answers, by, on
    draft.save()
    return draft


def take_draft(
    commitment: Commitment, round_: ReportingRound, version: int | None, *, is_for_keeping: bool = False
) -> Draft | None:
    """The draft as it is now, None when there is none; it goes, unless it `is_for_keeping`.

    DraftConflict when a colleague changed it after `version` was read.
    """
    own = Draft.objects.filter(commitment=commitment, round=round_, party=commitment.lead)
    found = own.select_related("saved_by").first()
    if found and version is not None and found.version != version:
        raise DraftConflict(found)
    if found and not is_for_keeping:
        found.delete()
    return found


def share(draft: Draft, evidence: Sequence[Evidence]) -> None:
    """Let colleagues open the files of a draft."""
    Evidence.objects.filter(pk__in=[piece.pk for piece in evidence]).update(is_shared=True)
    draft.evidence.set(evidence)


def _check_answers(answers: dict[str, str]) -> None:
    for name, text in answers.items():
        if len(text) > LONGEST:
            raise ValidationError({name: "Deze tekst is te lang om te bewaren. Maak hem korter."})
        try:
            only_readable_text(text)
        except ValidationError as error:
            raise ValidationError({name: error.messages}) from error
