"""What a tenant organisation keeps for itself, and how its members look along."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agreements.commitments.models import Commitment
from agreements.parties.models import Party


class Note(models.Model):
    """A note on a commitment that only one's own organisation reads. `key` comes from the form: sent twice is one."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="notes")
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="notes")
    text = models.TextField("notitie", max_length=2000)
    key = models.UUIDField(unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on = models.DateField("datum")
    at = models.DateTimeField("tijdstip", auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.party}, {self.commitment.code}: {self.text[:40]}"


class ShareLink(models.Model):
    """A secret link with which members look along without an account. Only the SHA-256 of the secret is kept."""

    LONGEST_DAYS = 60

    party = models.ForeignKey(Party, models.PROTECT, related_name="share_links")
    token_hash = models.CharField("vingerafdruk van de link", max_length=64, unique=True)
    purpose = models.CharField("waarvoor", max_length=80)
    has_notes = models.BooleanField("met notities", default=False)
    made_on = models.DateField("gemaakt op")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    expires_on = models.DateField("werkt tot en met")
    revoked_on = models.DateField("ingetrokken op", null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    views = models.PositiveIntegerField("keer bekeken", default=0)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_on__gte=F("made_on")), name="share_link_ends_later"),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True, revoked_by__isnull=True)
                | Q(revoked_on__isnull=False, revoked_by__isnull=False),
                name="share_link_revoked_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.purpose}"
