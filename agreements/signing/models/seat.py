"""The place of each party in a round, and every state of the PDF."""

import hashlib
import json
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.documents.models import Evidence
from agreements.parties.models import Mandate, Party
from agreements.pdf.own import holder_in
from agreements.signing.models.round import SigningRound


class Seat(models.Model):
    """A party in a round, and its answer. Declining is an answer of the same weight as signing (rule 2).

    `function`, `proof` and `level` are as printed beside the answer, whatever changes later in the mandate.
    `asked` is to whom the party handed its answer over. `certificate` (PEM) is the party's own, when it signed with that; no other is believed in its field.
    `answered_on` is the business date, `answered_at` the real moment. What a party answered is for itself until
    the round is over; until then the history holds the `fingerprint` only, and `salt` keeps that from being guessed.
    """

    class Outcome(models.TextChoices):
        PENDING = "pending", "Moet nog reageren"
        SIGNED = "signed", "Getekend"
        DECLINED = "declined", "Tekent niet"
        SILENT = "silent", "Niet gereageerd"

    class Level(models.TextChoices):
        PORTAL = "portal", "akkoord in het portaal"
        PARTY = "party", "handtekening namens partij"
        PAPER = "paper", "op papier, vastgelegd door de gemeente"
        TOOL = "tool", "handtekening van buiten het portaal, vastgelegd door de gemeente"
        SEAL = "seal", "zegel gemeente"

    OWN_LEVELS = (Level.PORTAL, Level.PARTY)  # whose signature stands in the PDF itself
    OUTSIDE_LEVELS = (Level.PAPER, Level.TOOL)  # what the municipality noted
    ANSWERED = (Outcome.SIGNED, Outcome.DECLINED)

    round = models.ForeignKey(SigningRound, models.PROTECT, related_name="seats")
    party = models.ForeignKey(Party, models.PROTECT, related_name="seats")
    outcome = models.CharField("antwoord", max_length=8, choices=Outcome, default=Outcome.PENDING)
    level = models.CharField("soort handtekening", max_length=6, choices=Level, blank=True)
    certificate = models.TextField("eigen certificaat", blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="seats")
    function = models.CharField("functie", max_length=120, blank=True)
    proof = models.CharField("grond", max_length=300, blank=True)
    reason = models.TextField("reden", max_length=500, blank=True)
    statement = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField("datum", null=True, blank=True)
    answered_at = models.DateTimeField("tijdstip", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    salt = models.UUIDField(default=uuid4, editable=False)

    class Meta:
        ordering = ["party__order", "party__name"]
        constraints = [
            models.UniqueConstraint(fields=["round", "party"], name="seat_once"),
            models.CheckConstraint(
                condition=Q(
                    outcome__in=["pending", "silent"],
                    answered_on__isnull=True,
                    answered_at__isnull=True,
                    answered_by__isnull=True,
                )
                | Q(
                    outcome__in=["signed", "declined"],
                    answered_on__isnull=False,
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                )
                & (Q(mandate__isnull=False) | Q(level__in=["paper", "tool"])),
                name="seat_answer_complete",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="declined") | ~Q(reason=""), name="seat_declined_why"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="signed") | ~Q(level=""), name="seat_signed_has_level"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_outcome_display()}"

    @property
    def field(self) -> str:
        """The name of the signature field of this party in the PDF."""
        return f"partij-{self.party.key}"

    @property
    def certificate_holder(self) -> str:
        """On whose name the own certificate of the party is; "" when it signed with one of the portal."""
        return holder_in(self.certificate) if self.certificate else ""

    @property
    def is_in_document(self) -> bool:
        """Whether the party's own signature fills its field."""
        return self.outcome == self.Outcome.SIGNED and self.level in self.OWN_LEVELS

    @property
    def came_from_outside(self) -> bool:
        """Whether the municipality noted the answer, because the party gave it outside the portal."""
        return self.level in self.OUTSIDE_LEVELS

    @property
    def has_answered(self) -> bool:
        """Whether the party signed or declined."""
        return self.outcome in self.ANSWERED

    def fingerprint(self) -> str:
        """SHA-256 (hex) of the answer with its salt: proves later what was answered, and tells nothing now."""
        answer = {
            "party": self.party.key,
            "outcome": self.outcome,
            "function": self.function,
            "proof": self.proof,
            "reason": self.reason,
            "statement": self.statement.sha256 if self.statement else "",
            "on": str(self.answered_on),
            "salt": str(self.salt),
        }
        return hashlib.sha256(json.dumps(answer, sort_keys=True).encode()).hexdigest()


class Afterword(models.Model):
    """What a party says about its own answer later, beside it: the answer itself stays as it was given."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="afterwords")
    text = models.TextField("verklaring", max_length=1000)
    function = models.CharField("functie", max_length=120)
    made_on = models.DateField("datum")
    made_at = models.DateTimeField("tijdstip", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.seat.party}, {self.made_on}"


class Revision(models.Model):
    """One state of the PDF of a round; each next one is the one before with something appended.

    `sha256` names the file in settings.STORE. `seat` is the party whose field was filled; None for the seals of
    the municipality at the start and at the end, and for the time stamps that came later.
    """

    round = models.ForeignKey(SigningRound, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField("volgnummer")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="revisions")
    sha256 = models.CharField("vingerafdruk", max_length=64)
    size = models.PositiveIntegerField("grootte")
    made_at = models.DateTimeField("tijdstip", auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["seat"], condition=Q(seat__isnull=False), name="revision_once_a_seat"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}, versie {self.number}"

    @property
    def is_renewal(self) -> bool:
        """Whether only a newer time stamp came, after the round was over."""
        return self.round.over_at is not None and self.made_at > self.round.over_at
