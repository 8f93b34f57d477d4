"""The agreement, its themes, its year slices and how each party answered the request to sign."""

from datetime import date

from django.db import models
from django.db.models import Q

from agreements.history.models import Provenance, Source
from agreements.parties.models import Mandate, Party


class Agreement(models.Model):
    """Prestatieafspraken for a number of years (Woningwet art. 44)."""

    slug = models.SlugField("adres", max_length=20, unique=True)
    title = models.CharField("titel", max_length=120)
    first_year = models.PositiveSmallIntegerField("eerste jaar")
    last_year = models.PositiveSmallIntegerField("laatste jaar")
    signed_on = models.DateField("ondertekend op", null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField("opmerking", blank=True)

    class Meta:
        ordering = ["-first_year"]

    def __str__(self) -> str:
        return self.title


class Theme(models.Model):
    """A subject on which promises are made. Themes are data: every agreement has its own."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="themes")
    code = models.CharField("letter", max_length=4)
    name = models.CharField("naam", max_length=80)
    explanation = models.CharField("uitleg", max_length=200, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["agreement", "code"], name="theme_code_once")]

    def __str__(self) -> str:
        return self.name


class YearSlice(models.Model):
    """A jaarschijf: the part of the agreement for one year, on its way from agenda to adopted text."""

    class Phase(models.TextChoices):
        AGENDA = "agenda", "Agenda"
        BID = "bid", "Bod"
        CONCEPT = "concept", "Concept"
        CONSULTATION = "consultation", "Consultatie"
        SIGNING = "signing", "Ondertekening"
        ADOPTED = "adopted", "Vastgesteld"
        CLOSED = "closed", "Afgesloten"

    # Text is public from the moment that councils and members are asked for their view.
    PUBLIC_PHASES = (Phase.CONSULTATION, Phase.SIGNING, Phase.ADOPTED, Phase.CLOSED)
    DRAFT_PHASES = (Phase.BID, Phase.CONCEPT)
    # One step forward, then one step back. Nothing leads back from text that was signed (rule 3).
    # Which conditions hold for a step stands in process/phases.py; docs/states.md is made from both.
    TRANSITIONS = {
        Phase.AGENDA: (Phase.BID,),
        Phase.BID: (Phase.CONCEPT, Phase.AGENDA),
        Phase.CONCEPT: (Phase.CONSULTATION, Phase.BID),
        Phase.CONSULTATION: (Phase.SIGNING, Phase.CONCEPT),
        Phase.SIGNING: (Phase.ADOPTED, Phase.CONSULTATION),
        Phase.ADOPTED: (Phase.CLOSED,),
        Phase.CLOSED: (),
    }
    ADOPTED_PHASES = (Phase.ADOPTED, Phase.CLOSED)

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="year_slices")
    year = models.PositiveSmallIntegerField("jaar", unique=True)
    phase = models.CharField("fase", max_length=12, choices=Phase, default=Phase.AGENDA)
    adopted_on = models.DateField("vastgesteld op", null=True, blank=True)
    note = models.TextField("opmerking", blank=True)

    class Meta:
        ordering = ["year"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(phase__in=["adopted", "closed"]) | Q(adopted_on__isnull=False),
                name="year_slice_adopted_has_date",
            )
        ]

    def __str__(self) -> str:
        return f"Jaarschijf {self.year}"

    @property
    def is_draft(self) -> bool:
        """Whether commitments of this year may still be edited."""
        return self.phase in self.DRAFT_PHASES

    @property
    def is_adopted(self) -> bool:
        """Whether the text is fixed and progress is reported on it."""
        return self.phase in self.ADOPTED_PHASES

    @property
    def next_phases(self) -> tuple[Phase, ...]:
        """To which phases it can go now."""
        return self.TRANSITIONS[self.Phase(self.phase)]

    @property
    def last_day(self) -> date:
        """31 December of the year."""
        return date(self.year, 12, 31)

    @property
    def quarter_ends(self) -> tuple[date, ...]:
        """The last days of the four quarters."""
        year = self.year
        return date(year, 3, 31), date(year, 6, 30), date(year, 9, 30), self.last_day


class Signatory(models.Model):
    """A party and its answer to the request to sign. Declining is an answer, not a failure (rule 2)."""

    class Outcome(models.TextChoices):
        PENDING = "pending", "Moet nog reageren"
        SIGNED = "signed", "Getekend"
        DECLINED = "declined", "Niet getekend"
        SILENT = "silent", "Niet gereageerd"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="signatories")
    party = models.ForeignKey(Party, models.PROTECT, related_name="signatures")
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="signatures")
    outcome = models.CharField("uitkomst", max_length=8, choices=Outcome, default=Outcome.PENDING)
    answered_on = models.DateField("datum", null=True, blank=True)
    statement = models.TextField("verklaring", blank=True)
    provenance = models.CharField("herkomst", max_length=8, choices=Provenance)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["party__order"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "party"], name="signatory_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=["pending", "silent"], answered_on__isnull=True)
                | Q(outcome__in=["signed", "declined"], answered_on__isnull=False),
                name="signatory_answer_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_outcome_display()}"
