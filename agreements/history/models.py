"""What happened, append-only, each row holding the digest of the row before; and where facts come from."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.timezone import localtime

GENESIS = "0" * 64


class Event(models.Model):
    """Something that happened: who, for which party, when, what and why.

    `at` is the real moment (UTC); `on` the business date, which differs from it only in the demo.
    `data` holds what changed, as JSON without floats: amounts are strings. Rows are never changed or
    removed; database triggers refuse it (history/triggers.py) and `manage.py verify_history` shows it.
    """

    number = models.PositiveBigIntegerField("volgnummer", primary_key=True)
    at = models.DateTimeField("tijdstip")
    on = models.DateField("datum")
    verb = models.CharField("gebeurtenis", max_length=60)
    subject_kind = models.CharField("soort onderwerp", max_length=40)
    subject_id = models.PositiveBigIntegerField("onderwerp")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    party = models.ForeignKey("agreements.Party", models.PROTECT, null=True, related_name="+")
    sentence = models.TextField("wat")
    why = models.TextField("waarom", blank=True)
    data = models.JSONField("gegevens", default=dict)
    previous = models.CharField("vingerafdruk vorige", max_length=64)
    digest = models.CharField("vingerafdruk", max_length=64, unique=True)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["subject_kind", "subject_id", "number"], name="event_subject")]

    def __str__(self) -> str:
        return f"{self.number}. {self.sentence}"

    def canonical(self) -> str:
        """The row as JSON text with sorted keys; the same on both databases."""
        fields = {
            "number": self.number,
            "at": self.at.isoformat(timespec="microseconds"),
            "on": self.on.isoformat(),
            "verb": self.verb,
            "subject": [self.subject_kind, self.subject_id],
            "actor": self.actor_id,
            "party": self.party_id,
            "sentence": self.sentence,
            "why": self.why,
            "data": self.data,
            "previous": self.previous,
        }
        return json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    def computed_digest(self) -> str:
        """SHA-256 (hex) of the canonical row, which includes the digest of the row before."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()

    @property
    def is_dated_otherwise(self) -> bool:
        """True in the demo: the business date is not the day it was really written."""
        return localtime(self.at).date() != self.on


class ChainHead(models.Model):
    """One row: how many events there are and the digest of the last. Locked while an event is added."""

    count = models.PositiveBigIntegerField("aantal", default=0)
    digest = models.CharField("vingerafdruk", max_length=64, default=GENESIS)

    def checkpoint(self) -> dict[str, Any]:
        """The controlepunt that is printed in every report: {"count": int, "digest": 64 hex}."""
        return {"count": self.count, "digest": self.digest}


class Provenance(models.TextChoices):
    """Where a row comes from. Example rows are labelled wherever they appear (product.md rule 11)."""

    SOURCED = "sourced", "openbare bron"
    OWN = "own", "van de partijen zelf"
    EXAMPLE = "example", "voorbeeld"


class Source(models.Model):
    """A public document or page that a fact was taken from."""

    code = models.CharField("code", max_length=12, unique=True)
    title = models.CharField("titel", max_length=200)
    publisher = models.CharField("uitgever", max_length=200, blank=True)
    published_on = models.DateField("gepubliceerd op", null=True, blank=True)
    address = models.CharField("vindplaats", max_length=300, blank=True)
    note = models.TextField("opmerking", blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title
