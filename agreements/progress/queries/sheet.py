"""What one party is asked in one round, with all that was said before: for the sheet and for the form."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Max

from agreements.access.refusals import Refused
from agreements.commitments.models import Commitment, CommitmentQuerySet
from agreements.parties.models import Party
from agreements.parties.queries import standing_of
from agreements.progress.models import Draft, Measurement, ProgressUpdate, ReportingRound, Return
from agreements.progress.permissions import REPORTERS
from agreements.progress.queries.update import asked
from agreements.progress.schedule import Judgement, judge
from agreements.web.dates import today


@dataclass(frozen=True)
class Asked:
    """One commitment in one round.

    `given` is the update that counts in this round, `last` the one that counted in the round before it, `newest`
    the number of the newest update of all (0 for none), `question` what the municipality still asks about it.
    """

    commitment: Commitment
    round: ReportingRound
    given: ProgressUpdate | None
    last: ProgressUpdate | None
    newest: int
    draft: Draft | None
    question: Return | None

    @property
    def before(self) -> ProgressUpdate | None:
        """What was said last: in this round, or else in the one before."""
        return self.given or self.last

    @property
    def last_figure(self) -> Measurement | None:
        """The figure that was given last."""
        return self.before.figure if self.before else None

    @property
    def version(self) -> int:
        """The version of the draft that is kept; 0 for none."""
        return self.draft.version if self.draft else 0

    @property
    def as_of(self) -> date:
        """The peildatum, or today when that has not come yet."""
        return min(self.round.as_of, today())

    @property
    def planned(self) -> Decimal | None:
        """What the plan says for the peildatum, or None."""
        target = self.commitment.measure
        return target.planned_on(self.round.as_of) if target and not target.indicator.is_yes_no else None

    def judge(self, value: Decimal | None, *, on: date | None = None) -> Judgement:
        """How a figure stands against plan, target and date."""
        target, deadline = self.commitment.measure, self.commitment.deadline
        return judge(target, value, on=on or self.as_of, deadline=deadline)


def sheet_of(party: Party, round_: ReportingRound) -> list[Asked]:
    """All that is asked of the party, theme by theme; a number of queries that does not grow with the rows."""
    found = asked(Commitment.objects.filter(lead=party), round_).values("pk")
    rows = Commitment.objects.with_everything().filter(pk__in=found)
    return _with_what_was_said(rows.order_by("theme__order", "order", "code"), round_)


def asked_of(commitment: Commitment, round_: ReportingRound) -> Asked:
    """The same of one commitment, also when the round would not ask about it."""
    row = Commitment.objects.filter(pk=commitment.pk).with_everything()
    return _with_what_was_said(row, round_)[0]


def _with_what_was_said(rows: CommitmentQuerySet, round_: ReportingRound) -> list[Asked]:
    commitments = list(rows.prefetch_related("target__plan"))
    updates = ProgressUpdate.objects.filter(commitment__in=commitments, round__as_of__lte=round_.as_of)
    related = ("round", "party", "measurement__indicator")
    said: dict[int, list[ProgressUpdate]] = {}
    for update in updates.select_related(*related).order_by("round__as_of", "number"):
        said.setdefault(update.commitment_id, []).append(update)
    newest = dict(
        ProgressUpdate.objects.filter(commitment__in=commitments)
        .values_list("commitment")
        .annotate(newest=Max("number"))
    )
    drafts = _drafts(commitments, round_)
    questions = {
        row.update.commitment_id: row
        for row in Return.objects.filter(
            update__commitment__in=commitments, update__round=round_, answered_on__isnull=True
        ).select_related("update")
    }
    return [
        Asked(
            commitment=row,
            round=round_,
            given=next((u for u in reversed(said.get(row.pk, [])) if u.round_id == round_.pk), None),
            last=next((u for u in reversed(said.get(row.pk, [])) if u.round_id != round_.pk), None),
            newest=newest.get(row.pk, 0),
            draft=drafts.get(row.pk),
            question=questions.get(row.pk),
        )
        for row in commitments
    ]


def _drafts(commitments: list[Commitment], round_: ReportingRound) -> dict[int, Draft]:
    found = Draft.objects.filter(commitment__in=commitments, round=round_, party=F("commitment__lead"))
    shown = found.select_related("saved_by", "party").prefetch_related("evidence")
    return {draft.commitment_id: draft for draft in shown}


# -- for whom


def reporting_parties(user: Any) -> list[Party]:
    """The parties for which this person gives progress."""
    found = {m.party_id: m.party for m in standing_of(user).memberships if m.role in REPORTERS}
    return list(found.values())


def reporting_party(user: Any, key: str = "") -> Party:
    """The party of this person with this key, or the first; Refused for who gives no progress at all."""
    parties = reporting_parties(user)
    chosen = [party for party in parties if party.key == key] or parties
    if not chosen:
        raise Refused(
            "Alleen invullers, coördinatoren en ondertekenaars van een partij mogen een opgave invullen."
        )
    return chosen[0]
