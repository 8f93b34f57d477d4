"""Reading progress."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db import models

from agreements.commitments.models import Commitment
from agreements.commitments.queries import visible_to as visible_commitments
from agreements.documents.models import Visibility
from agreements.documents.queries import visible_to as visible_evidence
from agreements.parties.queries import standing_of
from agreements.progress.models import (
    FINAL,
    Draft,
    EvidenceLink,
    ProgressUpdate,
    Reminder,
    ReportingRound,
    Return,
)
from agreements.progress.queries.round import rounds
from agreements.web.dates import today


def newest_update(commitment: Commitment) -> ProgressUpdate | None:
    """The last thing that was reported, with its figure."""
    return commitment.updates.select_related("measurement__indicator", "round").order_by("number").last()


def standing_update(commitment: Commitment) -> ProgressUpdate | None:
    """The update that says how the commitment stands: the last correction in the latest round."""
    in_order = commitment.updates.select_related("measurement__indicator", "round")
    return in_order.order_by("round__as_of", "number").last()


def updates_of(commitment: Commitment, *, seen_by: Any) -> models.QuerySet[ProgressUpdate]:
    """Everything reported on a commitment, newest first, with the evidence and questions this person may see."""
    shown = [
        models.Prefetch("evidence", visible_evidence(seen_by)),
        models.Prefetch("links", visible_links(seen_by)),
        models.Prefetch("returns", visible_returns(seen_by)),
    ]
    related = ("round", "party", "measurement__indicator", "submitted_by", "approved_by")
    return commitment.updates.select_related(*related).prefetch_related(*shown).order_by("-number")


def readable_updates(user: Any) -> models.QuerySet[ProgressUpdate]:
    """The updates of commitments that this person may read."""
    readable = visible_commitments(user).order_by().values("pk")
    related = ("commitment__lead", "round", "party", "measurement__indicator")
    return ProgressUpdate.objects.filter(commitment__in=readable).select_related(*related)


def visible_links(user: Any) -> models.QuerySet[EvidenceLink]:
    """Links to evidence elsewhere that this person may see."""
    parties = standing_of(user).parties
    allowed = models.Q(visibility=Visibility.PUBLIC)
    if parties:
        allowed |= models.Q(visibility=Visibility.PARTIES) | models.Q(update__party__in=parties)
    return EvidenceLink.objects.filter(allowed)


def visible_returns(user: Any) -> models.QuerySet[Return]:
    """Questions of the municipality about updates: between the parties."""
    found = Return.objects.select_related("asked_by", "answered_by", "correction")
    return found if standing_of(user).parties else found.none()


def newest_per_round(updates: list[ProgressUpdate]) -> list[ProgressUpdate]:
    """Of each round the update that counts (the last correction), oldest round first."""
    newest: dict[int, ProgressUpdate] = {}
    for update in sorted(updates, key=lambda u: (u.round.as_of, u.number)):
        newest[update.round_id] = update
    return list(newest.values())


# A round asks only where there is something to reach, a target or a date; of a joint commitment it asks the parts.
IS_ASKED = (models.Q(target__isnull=False) | models.Q(deadline__isnull=False)) & models.Q(is_joint=False)


def asked(commitments: models.QuerySet[Commitment], round_: ReportingRound) -> models.QuerySet[Commitment]:
    """Which of these commitments the round asks about; nothing about what is over, unless it was reported in it."""
    reported = ProgressUpdate.objects.filter(round=round_).values("commitment")
    running = commitments.filter(IS_ASKED, year_slice=round_.year_slice, withdrawn_on__isnull=True)
    return running.exclude(models.Q(status__in=FINAL) & ~models.Q(pk__in=reported))


def unreported(
    commitments: models.QuerySet[Commitment], round_: ReportingRound
) -> models.QuerySet[Commitment]:
    """Which of these commitments have no update in the round that asks about them."""
    reported = ProgressUpdate.objects.filter(round=round_).values("commitment")
    return asked(commitments, round_).exclude(pk__in=reported)


def to_report(
    commitments: models.QuerySet[Commitment], round_: ReportingRound
) -> models.QuerySet[Commitment]:
    """The unreported ones that nobody filled in yet: not what waits for a signatory or came back from one."""
    own = Draft.objects.filter(round=round_, party=models.F("commitment__lead"))
    begun = own.exclude(state=Draft.State.CONCEPT).values("commitment")
    return unreported(commitments, round_).exclude(pk__in=begun)


@dataclass(frozen=True)
class RoundOfCommitment:
    """What came of one commitment in one round: `updates` newest first, empty when nothing came.

    `reminders` is how often the executing party was reminded in that round.
    """

    round: ReportingRound
    updates: list[ProgressUpdate]
    reminders: int = 0

    @property
    def is_open(self) -> bool:
        """Whether the round still takes updates today."""
        return self.round.is_open_on(today())

    @property
    def days_late(self) -> int:
        """Days after the due date that the first update came, or that nothing has come so far; 0 when in time."""
        came = self.updates[-1].submitted_on if self.updates else today()
        return max((came - self.round.due_on).days, 0)


def rounds_of(commitment: Commitment) -> list[ReportingRound]:
    """The rounds that asked about this commitment, or about its parts, until today, oldest first."""
    if commitment.measure is None and commitment.deadline is None:
        return []
    asked = rounds().filter(year_slice=commitment.year_slice, opened_on__lte=today())
    return [r for r in asked if not (commitment.withdrawn_on and commitment.withdrawn_on <= r.due_on)]


def course_of(commitment: Commitment, updates: list[ProgressUpdate]) -> list[RoundOfCommitment]:
    """Round by round what was reported, newest first; a round without any update is there too (rule 5)."""
    if commitment.is_joint:
        return []
    found, is_over = [], False
    sent = Counter(Reminder.objects.filter(party=commitment.lead).values_list("round", flat=True))
    for round_ in rounds_of(commitment):
        own = [update for update in updates if update.round_id == round_.pk]
        for later, earlier in pairwise(own):
            earlier.correction = later  # type: ignore[attr-defined]  # for "Later verbeterd: ..."
        if own or not is_over:
            found.append(RoundOfCommitment(round_, own, sent[round_.pk]))
        is_over = is_over or bool(own and own[0].status in FINAL)
    return found[::-1]


def late_now(commitments: models.QuerySet[Commitment]) -> set[int]:
    """Primary keys of the commitments whose open round is past its due date without an update."""
    late: set[int] = set()
    for round_ in (
        ReportingRound.objects.open_on(today()).filter(due_on__lt=today()).select_related("year_slice")
    ):
        late |= set(unreported(commitments, round_).order_by().values_list("pk", flat=True))
    return late
