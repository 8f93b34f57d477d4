"""What parties reported, with its figure."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.commitments.models import Commitment, Indicator, Status
from agreements.documents.models import Evidence
from agreements.parties.models import Party
from agreements.progress.models.round import ReportingRound

# What a party may claim about its own commitment; the other statuses follow from rounds and decisions.
CLAIMS = (Status.ON_TRACK, Status.AT_RISK, Status.BEHIND, Status.NOT_STARTED, Status.ACHIEVED, Status.MISSED)
NEEDS_MEASURE = (Status.AT_RISK, Status.BEHIND)
# What is over stays as it is when a later round brings nothing.
FINAL = (Status.ACHIEVED, Status.MISSED, Status.DROPPED)


@dataclass(frozen=True)
class Claim:
    """What a party says about its commitment. `value` is in the indicator's unit; `as_of` None: the round's.

    `reason` says why an earlier answer in the same round was wrong; `links` are addresses of evidence, to be
    seen by `links_for` (documents.Visibility).
    """

    status: str
    explanation: str
    measure: str = ""
    expected_on: date | None = None
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    as_of: date | None = None
    certainty: str = "provisional"
    reason: str = ""
    is_unchanged: bool = False
    links: tuple[str, ...] = ()
    links_for: str = "public"

    def as_data(self) -> dict[str, Any]:
        """For keeping as JSON while it waits for approval: days and amounts as text."""
        return {
            name: str(value) if isinstance(value, Decimal | date) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Claim":
        """The claim that `as_data` kept."""
        amounts = {name: Decimal(data[name]) for name in AMOUNTS if data[name] is not None}
        days = {name: date.fromisoformat(data[name]) for name in DAYS if data[name]}
        return cls(**{**data, **amounts, **days, "links": tuple(data["links"])})


AMOUNTS = ("value", "numerator", "denominator")
DAYS = ("expected_on", "as_of")


class ProgressUpdate(models.Model):
    """What the executing party says about its commitment in one round.

    A correction is a new row with a higher `number` and a `reason`; nothing is overwritten. `key` comes from the
    form, so that sending the same form twice gives one update. `submitted_on` is the business date; where a party
    wants a second pair of eyes that is the day of the approval.
    """

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="updates")
    round = models.ForeignKey(ReportingRound, models.PROTECT, related_name="updates", verbose_name="ronde")
    number = models.PositiveIntegerField("volgnummer")
    key = models.UUIDField(unique=True)
    party = models.ForeignKey(Party, models.PROTECT, related_name="updates")
    status = models.CharField("status", max_length=11, choices=Status)
    explanation = models.TextField("toelichting", max_length=2000)
    measure = models.TextField("maatregel", max_length=2000, blank=True)
    expected_on = models.DateField("nieuwe verwachte datum", null=True, blank=True)
    reason = models.TextField("reden van de verbetering", max_length=500, blank=True)
    is_unchanged = models.BooleanField("ongewijzigd overgenomen", default=False)
    submitted_on = models.DateField("doorgegeven op")
    submitted_at = models.DateTimeField("tijdstip", auto_now_add=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_on = models.DateField("akkoord op", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    evidence = models.ManyToManyField(Evidence, related_name="updates", blank=True)

    class Meta:
        ordering = ["-round__as_of", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "number"], name="update_number_once"),
            models.CheckConstraint(
                condition=~Q(status__in=["at_risk", "behind"]) | ~Q(measure=""),
                name="update_measure_when_behind",
            ),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True, approved_by__isnull=True)
                | Q(approved_on__isnull=False, approved_by__isnull=False),
                name="update_approved_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment.code}, {self.round}: {self.get_status_display()}"

    @property
    def figure(self) -> "Measurement | None":
        """The measurement, or None for a commitment without a figure."""
        return getattr(self, "measurement", None)


class Measurement(models.Model):
    """A figure with all it needs to be understood (rule 6). `value` is in the indicator's unit.

    Of a ratio the two figures that were divided stand beside it.
    """

    class Certainty(models.TextChoices):
        PROVISIONAL = "provisional", "Voorlopig"
        FINAL = "final", "Definitief"
        ESTIMATED = "estimated", "Geschat"

    update = models.OneToOneField(ProgressUpdate, models.CASCADE, related_name="measurement")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="measurements")
    value = models.DecimalField("waarde", max_digits=16, decimal_places=3)
    numerator = models.DecimalField("teller", max_digits=16, decimal_places=3, null=True, blank=True)
    denominator = models.DecimalField("noemer", max_digits=16, decimal_places=3, null=True, blank=True)
    as_of = models.DateField("peildatum")
    certainty = models.CharField("zekerheid", max_length=11, choices=Certainty)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__gt=0),
                name="measurement_ratio_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.value.normalize():f} {self.indicator.unit}"
