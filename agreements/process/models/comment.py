"""What is said about a text during consultation, and the answer to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.commitments.models import Commitment
from agreements.parties.models import Party


class Comment(models.Model):
    """An opmerking on the text of one commitment. `version` is the version of the text it is about."""

    class Voice(models.TextChoices):
        """On whose behalf the party says it."""

        PARTY = "party", "de partij zelf"
        MEMBERS = "members", "achterban"
        SUPERVISORS = "supervisors", "raad van commissarissen"
        COMMITTEE = "committee", "raadscommissie"

    class State(models.TextChoices):
        OPEN = "open", "Nog open"
        TAKEN_UP = "taken_up", "Overgenomen"
        DECLINED = "declined", "Niet overgenomen"

    TRANSITIONS = {State.OPEN: (State.TAKEN_UP, State.DECLINED)}

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="comments")
    number = models.PositiveSmallIntegerField("volgnummer")
    key = models.UUIDField(unique=True)
    party = models.ForeignKey(Party, models.PROTECT, related_name="comments")
    voice = models.CharField("namens", max_length=11, choices=Voice)
    text = models.TextField("opmerking", max_length=2000)
    version = models.PositiveIntegerField("versie")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_on = models.DateField("gemaakt op")
    state = models.CharField("stand", max_length=8, choices=State, default=State.OPEN)
    reason = models.TextField("antwoord", max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_on = models.DateField("beantwoord op", null=True, blank=True)

    class Meta:
        ordering = ["commitment__order", "commitment__code", "number"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "number"], name="comment_number_once"),
            models.CheckConstraint(
                condition=Q(state="open", answered_on__isnull=True, answered_by__isnull=True)
                | (~Q(state="open") & Q(answered_on__isnull=False, answered_by__isnull=False)),
                name="comment_answered_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""), name="comment_declined_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment.code}, opmerking {self.number}: {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        """Whether the municipality still has to answer."""
        return self.state in self.TRANSITIONS

    @property
    def speaker(self) -> str:
        """ "Huurdersraad Heideveld, namens de achterban"."""
        return speaker(self.party, self.voice)


def speaker(party: Party, voice: str) -> str:
    """Who speaks, in words."""
    if voice == Comment.Voice.PARTY:
        return party.name
    return f"{party.name}, namens de {Comment.Voice(voice).label}"
