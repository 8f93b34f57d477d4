"""What a party has not sent yet: a concept, or an answer that waits for the approval of its own signatory."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.commitments.models import Commitment
from agreements.documents.models import Evidence
from agreements.parties.models import Party
from agreements.progress.models.round import ReportingRound

# The form fills these in by itself.
ALWAYS_ANSWERED = ("as_of", "certainty", "visibility")


class Draft(models.Model):
    """The answer of a party for one commitment in one round, while it counts for nobody else (rule 10).

    `answers` is what was typed, as text, right or not: {"value": "twaalf"}. `version` guards against overwriting a
    colleague. Saving makes it a concept again. When it is offered to the signatory, `claim` holds what was read from it
    (`Claim.as_data`), `seen` the number of the newest update then, and `key` that of the form. Once it counts, the row is
    gone: then there is a ProgressUpdate. After an amendment a commitment may have another lead: that party never sees
    the draft of the one before.
    """

    class State(models.TextChoices):
        CONCEPT = "concept", "Concept"
        WAITING = "waiting", "Wacht op akkoord van de bestuurder"
        SENT_BACK = "sent_back", "Teruggestuurd door de bestuurder"

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="drafts")
    round = models.ForeignKey(ReportingRound, models.PROTECT, related_name="drafts", verbose_name="ronde")
    party = models.ForeignKey(Party, models.PROTECT, related_name="drafts")
    state = models.CharField("stand", max_length=9, choices=State, default=State.CONCEPT)
    answers = models.JSONField("getypt", default=dict)
    version = models.PositiveIntegerField("versie", default=1)
    claim = models.JSONField("voorgelegd", null=True, blank=True)
    key = models.UUIDField(null=True, blank=True, unique=True)
    seen = models.PositiveIntegerField("laatste voortgang toen", default=0)
    remark = models.TextField("opmerking van de bestuurder", max_length=1000, blank=True)
    saved_on = models.DateField("bewaard op")
    saved_at = models.DateTimeField("tijdstip", auto_now=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    evidence = models.ManyToManyField(Evidence, related_name="drafts", blank=True)

    class Meta:
        ordering = ["commitment__order", "commitment__code"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "round", "party"], name="draft_once"),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(claim__isnull=False, key__isnull=False),
                name="draft_waiting_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent_back") | ~Q(remark=""), name="draft_sent_back_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment.code}, {self.round}: {self.get_state_display()}"

    @property
    def is_waiting(self) -> bool:
        """Whether the signatory has to say yes or no."""
        return self.state == self.State.WAITING

    @property
    def is_empty(self) -> bool:
        """Whether somebody wiped all answers; the row stays, so that its version goes on counting."""
        return not any(text for name, text in self.answers.items() if name not in ALWAYS_ANSWERED)
