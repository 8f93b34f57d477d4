"""Evidence: files that show a figure is right. And files with a proof that has to last."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agreements.web.formats import tried_by_itself

RENEW_BEFORE = timedelta(days=90)  # before the certificate of the last time stamp ends
RENEW_PAUSE = timedelta(days=1)  # between two tries
MEDIA = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "csv": "text/csv"}


class Visibility(models.TextChoices):
    """Who may open a piece of evidence."""

    PUBLIC = "public", "Openbaar"
    PARTIES = "parties", "Alleen voor de partijen"
    OWN = "own", "Alleen voor de eigen organisatie"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def attached(self) -> "EvidenceQuerySet":
        """Evidence that belongs to a submitted update; the rest is still in somebody's form."""
        return self.filter(attached_on__isnull=False)


class Evidence(models.Model):
    """A file that shows a figure is right.

    The bytes stand in settings.STORE under their SHA-256 (hex); `name` is the cleaned name for downloads.
    `size` is in bytes.
    """

    title = models.CharField("titel", max_length=150)
    name = models.CharField("bestandsnaam", max_length=120)
    kind = models.CharField("soort bestand", max_length=4, choices=[(kind, kind) for kind in MEDIA])
    size = models.PositiveIntegerField("grootte")
    sha256 = models.CharField("vingerafdruk", max_length=64)
    visibility = models.CharField("zichtbaar voor", max_length=8, choices=Visibility)
    party = models.ForeignKey("agreements.Party", models.PROTECT, related_name="evidence")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField("geplaatst", auto_now_add=True)
    attached_on = models.DateField("hoort bij voortgang sinds", null=True, blank=True)
    is_shared = models.BooleanField("staat in een concept van de partij", default=False)

    mandate = models.ForeignKey(
        "agreements.Mandate", models.PROTECT, null=True, blank=True, related_name="decisions"
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def media_type(self) -> str:
        """The media type, from the content that was checked and not from the name."""
        return MEDIA[self.kind]

    def as_data(self) -> dict[str, Any]:
        """For history and reports: {"title", "name", "size", "sha256", "visibility"}."""
        return {
            "title": self.title,
            "name": self.name,
            "size": self.size,
            "sha256": self.sha256,
            "visibility": self.visibility,
        }


class Lasting(models.Model):
    """Something with a PDF whose last time stamp gets a newer one on top before its certificate ends.

    `proof_ends_at`: when that certificate ends; `renew_at`: when the worker looks at it. Both empty without time stamp.
    """

    proof_ends_at = models.DateTimeField("bewijs te controleren tot", null=True, blank=True)
    renew_at = models.DateTimeField("verlengen vanaf", null=True, blank=True)
    renewal_failure = models.CharField("waarom verlengen niet lukt", max_length=300, blank=True)

    class Meta:
        abstract = True

    def note_proof(self, ends_at: datetime | None) -> None:
        """Take over until when the proof lasts; the caller saves."""
        self.proof_ends_at, self.renew_at, self.renewal_failure = (
            ends_at,
            ends_at and ends_at - RENEW_BEFORE,
            "",
        )

    def postpone_renewal(self, reason: str = "") -> None:
        """Try again tomorrow; `reason` in Dutch when it did not work. The caller saves."""
        self.renew_at, self.renewal_failure = timezone.now() + RENEW_PAUSE, tried_by_itself(reason)


LASTING_FIELDS = ("proof_ends_at", "renew_at", "renewal_failure")


def seen_by(user: Any, *, parties: set[int]) -> Q:
    """Which evidence someone may open: public, of the parties together, of the own party (also in a concept), or just uploaded."""
    allowed = Q(visibility=Visibility.PUBLIC, attached_on__isnull=False)
    if parties:
        allowed |= Q(visibility=Visibility.PARTIES, attached_on__isnull=False)
        allowed |= Q(visibility=Visibility.OWN, attached_on__isnull=False, party__in=parties)
        allowed |= Q(is_shared=True, party__in=parties)
    if user.is_authenticated:
        allowed |= Q(added_by=user, attached_on__isnull=True)
    return allowed
