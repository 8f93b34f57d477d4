"""Answers that were not given in the portal."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agreements.documents.models import Evidence
from agreements.signing.models.seat import Seat


class OutsideSignature(models.Model):
    """A party signed on paper or with a program of its own, or wrote that it does not sign. One civil servant notes it,
    another confirms it.

    `function` and `ground` are of who signed, as the party told the municipality; `signed_on` is the day of its answer.
    `certificate` says in words with which certificate, for a signature that was recognised in the file. `why` are the
    words of a party that does not sign; `document` is then its statement.
    """

    class Kind(models.TextChoices):
        PAPER = "paper", "op papier"
        TOOL = "tool", "met een eigen programma"

    class State(models.TextChoices):
        WAITING = "waiting", "Wacht op een tweede collega"
        CONFIRMED = "confirmed", "Bevestigd"
        REJECTED = "rejected", "Niet bevestigd"

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="outside")
    kind = models.CharField("hoe", max_length=5, choices=Kind)
    outcome = models.CharField(
        "antwoord",
        max_length=8,
        choices=[(one.value, one.label) for one in (Seat.Outcome.SIGNED, Seat.Outcome.DECLINED)],
        default=Seat.Outcome.SIGNED,
    )
    why = models.TextField("reden van de partij", max_length=500, blank=True)
    state = models.CharField("stand", max_length=9, choices=State, default=State.WAITING)
    document = models.ForeignKey(Evidence, models.PROTECT, related_name="+")
    function = models.CharField("functie", max_length=120)
    ground = models.CharField("grond", max_length=200)
    signed_on = models.DateField("getekend op")
    certificate = models.CharField("certificaat", max_length=300, blank=True)
    noted_on = models.DateField("vastgelegd op")
    noted_at = models.DateTimeField("tijdstip van vastleggen", auto_now_add=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_on = models.DateField("nagekeken op", null=True, blank=True)
    decided_at = models.DateTimeField("tijdstip van nakijken", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField("waarom niet bevestigd", max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=Q(state="waiting"), name="outside_signature_one_waits"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_on__isnull=True, decided_at__isnull=True)
                & Q(decided_by__isnull=True)
                | ~Q(state="waiting")
                & Q(decided_on__isnull=False, decided_at__isnull=False)
                & Q(decided_by__isnull=False),
                name="outside_signature_decided_complete",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("noted_by")),
                name="outside_signature_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(outcome="signed", why="") | Q(outcome="declined") & ~Q(why=""),
                name="outside_signature_declined_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(reason=""), name="outside_signature_rejected_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat.party}, {self.get_kind_display()}"

    @property
    def waits(self) -> bool:
        """Whether a second civil servant still has to look at it."""
        return self.state == self.State.WAITING

    @property
    def is_decline(self) -> bool:
        """Whether the party wrote that it does not sign."""
        return self.outcome == Seat.Outcome.DECLINED
