"""A second pair of eyes inside a party: one person fills in, the signatory approves."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.accounts.models import User
from agreements.commitments.models import Commitment
from agreements.documents.models import Evidence
from agreements.history.operations import record
from agreements.parties.models import Party
from agreements.progress import permissions
from agreements.progress.models import Claim, Draft, ProgressUpdate, ReportingRound
from agreements.progress.operations.draft import keep, share
from agreements.progress.operations.round import held_round
from agreements.progress.operations.update import check_moment, held_commitment, put_in
from agreements.progress.queries import newest_update, visible_drafts


@transaction.atomic
def require_approval(party: Party, *, by: User, on: date, needed: bool) -> Party:
    """Say whether what is filled in for the party first goes to its signatory."""
    party = Party.objects.select_for_update().get(pk=party.pk)
    permissions.require_approval(party, by=by)
    if party.needs_approval == needed:
        return party
    party.needs_approval = needed
    party.save(update_fields=["needs_approval"])
    wanted = "geeft een bestuurder eerst akkoord op" if needed else "is geen akkoord meer nodig op"
    sentence = f"Bij {party.name} {wanted} wat over voortgang wordt doorgegeven."
    record("progress.approval_required", party, by=by, on=on, party=party, sentence=sentence)
    return party


@transaction.atomic
def offer_progress(
    commitment: Commitment,
    *,
    by: User,
    on: date,
    round: ReportingRound,
    key: UUID,
    claim: Claim,
    answers: dict[str, str],
    evidence: Sequence[Evidence] = (),
    seen: int | None = None,
    version: int | None = None,
) -> Draft:
    """Lay an answer before the signatory of the party; it counts for nobody else yet. Arguments as `submit_progress`.

    `answers` is what was typed, for who wants to change it. Offering the same form twice changes nothing.
    """
    round, commitment = held_round(round), held_commitment(commitment)
    permissions.offer_progress(commitment, by=by)
    waiting = Draft.objects.filter(commitment=commitment, party=commitment.lead, state=Draft.State.WAITING)
    if existing := waiting.filter(key=key).first():
        return existing
    newest = newest_update(commitment)
    check_moment(round, commitment, claim, newest, on=on, seen=seen)
    draft = keep(commitment, round, answers, version=version, by=by, on=on)
    draft.state, draft.claim, draft.key = Draft.State.WAITING, claim.as_data(), key
    draft.seen = newest.number if newest else 0
    draft.save()
    share(draft, evidence)
    sentence = f"Voortgang van {commitment.code} voorgelegd aan de bestuurder van {draft.party.name}."
    record("progress.offered", draft, by=by, on=on, party=draft.party, sentence=sentence)
    return draft


@transaction.atomic
def approve_progress(
    drafts: Sequence[Draft], *, by: User, on: date, versions: dict[int, int]
) -> list[ProgressUpdate]:
    """Approve one or more answers: now they are submitted and count. All of them, or none.

    `versions` is {draft: the version that was read}; ValidationError when a colleague changed one meanwhile.
    """
    for round_ in sorted({draft.round for draft in drafts}, key=lambda found: found.pk):
        held_round(round_)
    return [_approve(d, by=by, on=on, version=versions[d.pk]) for d in sorted(drafts, key=_in_one_order)]


@transaction.atomic
def send_back_draft(draft: Draft, *, by: User, on: date, version: int, remark: str) -> Draft:
    """Give an answer back to who filled it in, with what has to be different."""
    held_commitment(draft.commitment)
    draft = _as_read(draft, by=by, version=version)
    permissions.send_back_draft(draft, by=by)
    draft.state, draft.remark, draft.claim, draft.key = Draft.State.SENT_BACK, remark, None, None
    draft.version += 1
    draft.save()
    sentence = f"Voortgang van {draft.commitment.code} teruggestuurd door de bestuurder."
    record("progress.sent_back", draft, by=by, on=on, party=draft.party, sentence=sentence, why=remark)
    return draft


def _in_one_order(draft: Draft) -> int:
    """Rows are always locked in the same order, so that two people never wait for each other in a circle."""
    return draft.commitment_id


def _approve(draft: Draft, *, by: User, on: date, version: int) -> ProgressUpdate:
    round_, commitment = held_round(draft.round), held_commitment(draft.commitment)
    draft = _as_read(draft, by=by, version=version)
    permissions.approve_progress(draft, by=by)
    assert draft.claim is not None
    assert draft.key is not None
    claim, newest = Claim.from_data(draft.claim), newest_update(commitment)
    check_moment(round_, commitment, claim, newest, on=on, seen=draft.seen)
    evidence, key, author = list(draft.evidence.all()), draft.key, draft.saved_by
    draft.delete()
    return put_in(commitment, round_, claim, key=key, by=author, on=on, evidence=evidence, approver=by)


def _as_read(draft: Draft, *, by: User, version: int) -> Draft:
    """The draft as it is now; ValidationError when it is not what this person read any more."""
    found = visible_drafts(by).filter(pk=draft.pk).first()
    if found is None or found.version != version:
        raise ValidationError(
            f"Het antwoord bij {draft.commitment.code} is intussen veranderd. Er is nog niets verstuurd. "
            "Hieronder staat het zoals het nu is.",
            code="conflict",
        )
    return found
