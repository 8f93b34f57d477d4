"""Reports: a frozen snapshot, rendered, sealed and published."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agreements.progress.models import ReportingRound

STALLED_AFTER = timedelta(minutes=10)  # no heartbeat for this long: the worker died with the job


class Report(models.Model):
    """A progress report to the council.

    `snapshot` is canonical JSON text taken once, when the report was made, and never changed; `draft_sha256`
    and `sha256` (hex) name the unsealed and the published file in settings.STORE. `checkpoint_*` is the
    controlepunt of the history at that moment. `progress` is in percent.
    """

    class State(models.TextChoices):
        RENDERING = "rendering", "Wordt gemaakt"
        READY = "ready", "Klaar om te publiceren"
        FAILED = "failed", "Maken is niet gelukt"
        PUBLISHED = "published", "Gepubliceerd"

    TRANSITIONS = {
        State.RENDERING: {State.READY, State.FAILED},
        State.FAILED: {State.RENDERING},
        State.READY: {State.PUBLISHED},
        State.PUBLISHED: set(),
    }

    number = models.CharField("documentnummer", max_length=20, unique=True)
    round = models.ForeignKey(ReportingRound, models.PROTECT, related_name="reports", verbose_name="ronde")
    title = models.CharField("titel", max_length=150)
    state = models.CharField("stand", max_length=9, choices=State, default=State.RENDERING)
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="next_reports")
    snapshot = models.TextField("momentopname")
    snapshot_sha256 = models.CharField("vingerafdruk momentopname", max_length=64)
    checkpoint_count = models.PositiveBigIntegerField("controlepunt: aantal")
    checkpoint_digest = models.CharField("controlepunt: vingerafdruk", max_length=64)
    created_on = models.DateField("gemaakt op")
    created_at = models.DateTimeField("tijdstip", auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    progress = models.PositiveSmallIntegerField("voortgang", default=0)
    step = models.CharField("stap", max_length=120, blank=True)
    heartbeat_at = models.DateTimeField("laatste teken", null=True)
    failure = models.CharField("waarom niet gelukt", max_length=300, blank=True)

    pages = models.PositiveIntegerField("aantal pagina's", null=True)
    draft_sha256 = models.CharField("vingerafdruk concept", max_length=64, blank=True)
    sha256 = models.CharField("vingerafdruk", max_length=64, blank=True)
    size = models.PositiveIntegerField("grootte", null=True)
    sealed_by = models.CharField("verzegeld door", max_length=200, blank=True)
    published_on = models.DateField("gepubliceerd op", null=True, blank=True)
    published_at = models.DateTimeField("tijdstip van publicatie", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-created_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published")
                | (
                    Q(published_on__isnull=False, published_at__isnull=False, published_by__isnull=False)
                    & ~Q(sha256="")
                ),
                name="report_published_complete",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def is_stalled(self) -> bool:
        """Whether the worker has given no sign for so long that the job may be started again."""
        last = self.heartbeat_at or self.created_at
        return self.state == self.State.RENDERING and timezone.now() - last > STALLED_AFTER

    def checkpoint(self) -> dict[str, Any]:
        """The controlepunt printed on the last page: {"count": int, "digest": 64 hex}."""
        return {"count": self.checkpoint_count, "digest": self.checkpoint_digest}
