"""Rounds in which parties sign the text of a jaarschijf."""

import json
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agreements.agreement.models import YearSlice
from agreements.documents.models import Lasting

STALLED_AFTER = timedelta(minutes=10)  # no heartbeat for this long: the worker died with the job


class SigningRound(Lasting):
    """An ondertekening: one text, asked of a number of parties, until a day.

    The text is that of a jaarschijf, or of the whole agreement: this jaarschijf, what was adopted before, and the agenda.
    `text` is the frozen content as canonical JSON; `document_sha256` (hex) names the PDF of it that everyone signs.
    `outcome` and the checkpoint of the history are written when the round closes.
    """

    class State(models.TextChoices):
        PREPARING = "preparing", "Het document wordt gemaakt"
        FAILED = "failed", "Het maken van het document is niet gelukt"
        OPEN = "open", "Open"
        CLOSING = "closing", "Wordt gesloten"
        CLOSED = "closed", "Gesloten"
        ENDED = "ended", "Beëindigd"

    class Scope(models.TextChoices):
        YEAR = "year", "Alleen de jaarschijf"
        AGREEMENT = "agreement", "De hele prestatieafspraken"

    # docs/states.md is about the jaarschijf; this table is short enough to stand here.
    TRANSITIONS = {
        State.PREPARING: (State.OPEN, State.FAILED, State.ENDED),
        State.FAILED: (State.PREPARING, State.ENDED),
        State.OPEN: (State.CLOSING, State.ENDED),
        State.CLOSING: (State.CLOSED, State.ENDED),
        State.CLOSED: (),
        State.ENDED: (),
    }
    LIVE = (State.PREPARING, State.FAILED, State.OPEN, State.CLOSING)
    OVER = (State.CLOSED, State.ENDED)

    year_slice = models.ForeignKey(YearSlice, models.PROTECT, related_name="signing_rounds")
    number = models.PositiveSmallIntegerField("nummer")
    state = models.CharField("stand", max_length=9, choices=State, default=State.PREPARING)
    scope = models.CharField("wat wordt getekend", max_length=9, choices=Scope, default=Scope.YEAR)
    due_on = models.DateField("uiterlijk")
    is_municipality_last = models.BooleanField("de gemeente tekent als laatste", default=False)
    text = models.TextField("tekst")
    text_sha256 = models.CharField("vingerafdruk tekst", max_length=64)
    is_example = models.BooleanField("voorbeeld", default=False)
    opened_on = models.DateField("geopend op")
    opened_at = models.DateTimeField("tijdstip van openen", auto_now_add=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    heartbeat_at = models.DateTimeField("laatste teken", null=True)
    failure = models.CharField("waarom niet gelukt", max_length=300, blank=True)
    pages = models.PositiveIntegerField("aantal pagina's", null=True)
    document_sha256 = models.CharField("vingerafdruk document", max_length=64, blank=True)

    closing_on = models.DateField("sluiten gevraagd op", null=True, blank=True)
    closing_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    try_at = models.DateTimeField("volgende poging", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("mislukte pogingen", default=0)

    over_on = models.DateField("voorbij op", null=True, blank=True)
    over_at = models.DateTimeField("tijdstip van sluiten of beëindigen", null=True, blank=True)
    over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField("waarom beëindigd", blank=True)
    outcome = models.TextField("uitkomst", blank=True)
    checkpoint_count = models.PositiveBigIntegerField("controlepunt: aantal", null=True)
    checkpoint_digest = models.CharField("controlepunt: vingerafdruk", max_length=64, blank=True)

    class Meta:
        ordering = ["year_slice__year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["year_slice", "number"], name="signing_round_number_once"),
            models.UniqueConstraint(
                fields=["year_slice"],
                condition=Q(state__in=["preparing", "failed", "open", "closing"]),
                name="signing_round_one_alive",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "closing", "closed"]) | ~Q(document_sha256=""),
                name="signing_round_open_has_document",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["closed", "ended"], over_on__isnull=False, over_at__isnull=False)
                | Q(
                    state__in=["preparing", "failed", "open", "closing"],
                    over_on__isnull=True,
                    over_at__isnull=True,
                    over_by__isnull=True,
                ),
                name="signing_round_over_complete",
            ),
            models.CheckConstraint(
                condition=~Q(state="closing")
                | Q(closing_on__isnull=False, closing_by__isnull=False, try_at__isnull=False),
                name="signing_round_closing_complete",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | ~Q(reason=""), name="signing_round_ended_why"
            ),
        ]

    def __str__(self) -> str:
        what = self.subject if self.is_whole else self.year_slice
        return f"Ondertekening {self.number} van {what}"

    @property
    def is_whole(self) -> bool:
        """Whether the whole agreement is signed, with this jaarschijf as its first."""
        return self.scope == self.Scope.AGREEMENT

    @property
    def subject(self) -> str:
        """ "jaarschijf 2018" or "de prestatieafspraken 2017–2020"."""
        if not self.is_whole:
            return str(self.year_slice).lower()
        agreement = self.year_slice.agreement
        return f"de prestatieafspraken {agreement.first_year}–{agreement.last_year}"

    @property
    def is_open(self) -> bool:
        """Whether parties may answer now."""
        return self.state == self.State.OPEN

    @property
    def is_over(self) -> bool:
        """Whether every answer may be read by everyone."""
        return self.state in self.OVER

    @property
    def is_busy(self) -> bool:
        """Whether the worker is making or finishing the document, so that the page looks again by itself."""
        return self.state == self.State.PREPARING and not self.is_stalled or self.state == self.State.CLOSING

    @property
    def is_waiting(self) -> bool:
        """Whether closing was tried and waits for the next try."""
        return self.state == self.State.CLOSING and bool(self.failure)

    @property
    def is_stalled(self) -> bool:
        """Whether the worker has given no sign for so long that the job may be started again."""
        last = self.heartbeat_at or self.opened_at
        return self.state == self.State.PREPARING and timezone.now() - last > STALLED_AFTER

    def content(self) -> dict[str, Any]:
        """The frozen text (signing/text.py shows its shape)."""
        found: dict[str, Any] = json.loads(self.text)
        return found
