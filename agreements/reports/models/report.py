"""Reports: a frozen snapshot, rendered, sealed and published."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agreements.agreement.models import YearSlice
from agreements.commitments.models import Commitment
from agreements.documents.models import Lasting
from agreements.parties.models import Party
from agreements.progress.models import ReportingRound

STALLED_AFTER = timedelta(minutes=10)  # no heartbeat for this long: the worker died with the job


class Report(Lasting):
    """A document for the council and everyone else, of one of the kinds below.

    `snapshot` is canonical JSON text taken once, when the report was made, and never changed; `draft_sha256`
    and `sha256` (hex) name the unsealed and the published file in settings.STORE. `seal_level` is how long the proof in
    it lasts, "B-B" or "B-LTA"; when that is renewed, `sha256` names the longer file and the one before it becomes an
    `EarlierFile`. `checkpoint_*` is the controlepunt of the history at that moment. `progress` is in percent. What it is about: a round, or the
    jaarschijf of which it gives the text as signed; and the one commitment or party of a sheet.
    """

    class Kind(models.TextChoices):
        PROGRESS = "progress", "Voortgangsrapportage"
        COUNCIL = "council", "Samenvatting voor de raad"
        YEAR = "year", "Jaarverslag"
        AGREEMENT = "agreement", "De afspraken zoals getekend"
        COMMITMENT = "commitment", "Eén afspraak"
        PARTY = "party", "Blad van een partij"

        @property
        def meaning(self) -> str:
            """One plain Dutch sentence, shown beside the label."""
            return MEANINGS[self.value]

    class State(models.TextChoices):
        RENDERING = "rendering", "Wordt gemaakt"
        READY = "ready", "Klaar om na te kijken"
        FAILED = "failed", "Maken is niet gelukt"
        CANCELLED = "cancelled", "Gestopt"
        PUBLISHED = "published", "Gepubliceerd"
        WITHDRAWN = "withdrawn", "Ingetrokken"

    TRANSITIONS = {
        State.RENDERING: {State.READY, State.FAILED, State.CANCELLED},
        State.FAILED: {State.RENDERING, State.CANCELLED},
        State.READY: {State.PUBLISHED, State.CANCELLED, State.RENDERING},  # again, with a place to sign
        State.CANCELLED: set(),
        State.PUBLISHED: {State.WITHDRAWN},
        State.WITHDRAWN: set(),
    }
    WAS_PUBLISHED = (State.PUBLISHED, State.WITHDRAWN)

    number = models.CharField("documentnummer", max_length=20, unique=True)
    kind = models.CharField("soort", max_length=10, choices=Kind, default=Kind.PROGRESS)
    round = models.ForeignKey(
        ReportingRound, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name="ronde"
    )
    year_slice = models.ForeignKey(YearSlice, models.PROTECT, null=True, blank=True, related_name="+")
    commitment = models.ForeignKey(Commitment, models.PROTECT, null=True, blank=True, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField("titel", max_length=250)
    state = models.CharField("stand", max_length=9, choices=State, default=State.RENDERING)
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="next_reports")
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    correction_reason = models.TextField("reden van de verbetering", max_length=1000, blank=True)
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

    shared_on = models.DateField("voorgelegd aan de partijen op", null=True, blank=True)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    comments_due_on = models.DateField("reageren kan tot en met", null=True, blank=True)

    signature_asked_on = models.DateField("handtekening gevraagd op", null=True, blank=True)
    signature_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField("tijdstip van de handtekening", null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_function = models.CharField("getekend als", max_length=150, blank=True)

    pages = models.PositiveIntegerField("aantal pagina's", null=True)
    draft_sha256 = models.CharField("vingerafdruk concept", max_length=64, blank=True)
    sha256 = models.CharField("vingerafdruk", max_length=64, blank=True, db_index=True)
    size = models.PositiveIntegerField("grootte", null=True)
    sealed_by = models.CharField("verzegeld door", max_length=200, blank=True)
    seal_level = models.CharField("niveau van het zegel", max_length=5, blank=True)
    published_on = models.DateField("gepubliceerd op", null=True, blank=True)
    published_at = models.DateTimeField("tijdstip van publicatie", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_on = models.DateField("ingetrokken op", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.TextField("reden van intrekken", max_length=1000, blank=True)

    class Meta:
        ordering = ["-created_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["published", "withdrawn"])
                | (
                    Q(published_on__isnull=False, published_at__isnull=False, published_by__isnull=False)
                    & ~Q(sha256="")
                ),
                name="report_published_complete",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=models.F("created_by")),
                name="report_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(kind="agreement", round__isnull=True, year_slice__isnull=False)
                | (~Q(kind="agreement") & Q(round__isnull=False, year_slice__isnull=True)),
                name="report_about_round_or_year",
            ),
            models.CheckConstraint(
                condition=Q(kind="commitment", commitment__isnull=False, party__isnull=True)
                | Q(kind="party", commitment__isnull=True, party__isnull=False)
                | (~Q(kind__in=["commitment", "party"]) & Q(commitment__isnull=True, party__isnull=True)),
                name="report_subject_fits_kind",
            ),
            models.CheckConstraint(
                condition=Q(shared_on__isnull=True, shared_by__isnull=True, comments_due_on__isnull=True)
                | Q(shared_on__isnull=False, shared_by__isnull=False, comments_due_on__isnull=False),
                name="report_shared_complete",
            ),
            models.CheckConstraint(
                condition=Q(signature_asked_on__isnull=True, signature_asked_by__isnull=True)
                | Q(signature_asked_on__isnull=False, signature_asked_by__isnull=False),
                name="report_signature_asked_complete",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True, signed_function="")
                | Q(signed_at__isnull=False, signed_by__isnull=False, signature_asked_on__isnull=False)
                & ~Q(signed_function=""),
                name="report_signed_complete",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                & ~Q(state="withdrawn")
                | Q(state="withdrawn", withdrawn_on__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawn_reason=""),
                name="report_withdrawn_complete",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True, correction_reason="")
                | (Q(supersedes__isnull=False) & ~Q(correction_reason="")),
                name="report_correction_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        """Whether everyone can read it; not when it was withdrawn since."""
        return self.state == self.State.PUBLISHED

    @property
    def was_published(self) -> bool:
        """Whether it is public, or a stone in the place of what was public."""
        return self.state in self.WAS_PUBLISHED

    @property
    def is_shared(self) -> bool:
        """Whether the parties read the draft."""
        return self.shared_on is not None and self.state == self.State.READY

    @property
    def awaits_signature(self) -> bool:
        """Whether an alderman was asked to sign; the draft then has a place for it."""
        return self.signature_asked_on is not None and self.signed_at is None

    @property
    def is_stalled(self) -> bool:
        """Whether the worker has given no sign for so long that the job may be started again."""
        last = self.heartbeat_at or self.created_at
        return self.state == self.State.RENDERING and timezone.now() - last > STALLED_AFTER

    def checkpoint(self) -> dict[str, Any]:
        """The controlepunt printed on the last page: {"count": int, "digest": 64 hex}."""
        return {"count": self.checkpoint_count, "digest": self.checkpoint_digest}


MEANINGS = {
    "progress": "Alle afspraken van een jaar, met wat er veranderde sinds de vorige rapportage.",
    "council": "Eén pagina: de stand, wat er veranderde en wat aandacht vraagt.",
    "year": "Alle afspraken van een jaar, met het verloop per ronde. Kies de laatste ronde van het jaar.",
    "agreement": "De letterlijke tekst van een jaarschijf, zoals de partijen die tekenden.",
    "commitment": "Tekst, doel, cijfers en bewijs van één afspraak.",
    "party": "Wat een partij doet, en wat zij mag verwachten.",
}
# What a document number begins with.
NUMBER_PREFIX = {
    "progress": "PA",
    "council": "RS",
    "year": "JV",
    "agreement": "OV",
    "commitment": "AF",
    "party": "PB",
}
