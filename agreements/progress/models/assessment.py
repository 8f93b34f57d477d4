"""What the other parties say of a figure, and what the executing party answers (rule 4)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agreements.parties.models import Party
from agreements.progress.models.round import DAYS_TO_ASSESS
from agreements.progress.models.update import ProgressUpdate


class Assessment(models.Model):
    """What one party concerned thinks of a figure of another. It belongs to the version of the figure it judged.

    A changed mind is a new row with a higher `number`. `decided_on` is when the board of the party decided so.
    """

    class Verdict(models.TextChoices):
        AGREED = "agreed", "Akkoord"
        REMARK = "remark", "Met kanttekening"
        DISAGREED = "disagreed", "Niet akkoord"

    DISSENT = (Verdict.REMARK, Verdict.DISAGREED)

    update = models.ForeignKey(ProgressUpdate, models.PROTECT, related_name="assessments")
    party = models.ForeignKey(Party, models.PROTECT, related_name="assessments")
    number = models.PositiveSmallIntegerField("volgnummer")
    verdict = models.CharField("oordeel", max_length=9, choices=Verdict)
    text = models.TextField("toelichting", max_length=2000, blank=True)
    decided_on = models.DateField("vastgesteld op", null=True, blank=True)
    body = models.CharField("vastgesteld door", max_length=120, blank=True)
    given_on = models.DateField("gegeven op")
    given_at = models.DateTimeField("tijdstip", auto_now_add=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["update", "party", "number"], name="assessment_number_once"),
            models.CheckConstraint(
                condition=Q(verdict="agreed") | ~Q(text=""), name="assessment_dissent_has_text"
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=False) | Q(body=""), name="assessment_body_has_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_verdict_display()}"

    @property
    def is_dissent(self) -> bool:
        """Whether it is an afwijkend standpunt, which the executing party may answer once."""
        return self.verdict in self.DISSENT

    @property
    def reply(self) -> "AssessmentAnswer | None":
        """The answer of the executing party, or None."""
        return getattr(self, "answer", None)


class AssessmentAnswer(models.Model):
    """What the executing party says to one dissent, once."""

    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="answer")
    party = models.ForeignKey(Party, models.PROTECT, related_name="assessment_answers")
    text = models.TextField("antwoord", max_length=2000)
    given_on = models.DateField("gegeven op")
    given_at = models.DateTimeField("tijdstip", auto_now_add=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="assessment_answer_has_text")]

    def __str__(self) -> str:
        return f"{self.party}: {self.text[:40]}"


@dataclass(frozen=True)
class Judgement:
    """What a party answers about a figure. `seen` is (number of the figure, number of the own assessment or 0)
    that the form was filled from; None skips that question (data sets)."""

    verdict: str
    text: str = ""
    decided_on: date | None = None
    body: str = ""
    seen: tuple[int, int] | None = None


def last_day_to_assess(update: ProgressUpdate) -> date:
    """Until when others judge this figure. What came after the due date still gets its days: silence is a choice."""
    by = update.round.assess_by
    if update.submitted_on <= update.round.due_on:
        return by
    return max(by, update.submitted_on + timedelta(days=DAYS_TO_ASSESS))


def assessable_on(day: date) -> Q:
    """`day <= last_day_to_assess(update)` as a filter on updates."""
    begin = day - timedelta(days=DAYS_TO_ASSESS)
    in_round = Q(round__assess_until__gte=day) | Q(round__assess_until__isnull=True, round__due_on__gte=begin)
    return in_round | Q(submitted_on__gt=F("round__due_on"), submitted_on__gte=begin)
