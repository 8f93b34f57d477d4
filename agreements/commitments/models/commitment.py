"""Commitments: what a party promised for one year, how it is measured and where it stands."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

from agreements.agreement.models import Theme, YearSlice
from agreements.commitments.models.indicator import Indicator
from agreements.history.models import Provenance, Source
from agreements.parties.models import Party

T = TypeVar("T")


class Status(models.TextChoices):
    """How a commitment stands (product.md, one list, everywhere the same)."""

    ACHIEVED = "achieved", "Gerealiseerd"
    ON_TRACK = "on_track", "Op koers"
    AT_RISK = "at_risk", "Aandacht nodig"
    BEHIND = "behind", "Loopt achter"
    NOT_STARTED = "not_started", "Niet gestart"
    NO_DATA = "no_data", "Geen gegevens"
    MISSED = "missed", "Niet gehaald"
    DROPPED = "dropped", "Vervallen"

    @property
    def meaning(self) -> str:
        """One plain Dutch sentence, shown beside the label."""
        return MEANINGS[self.value]


MEANINGS = {
    "achieved": "De afspraak is nagekomen.",
    "on_track": "De afspraak wordt op tijd gehaald.",
    "at_risk": "Er is een risico. Er is al een maatregel.",
    "behind": "De afspraak wordt zo niet gehaald.",
    "not_started": "De uitvoering moet nog beginnen.",
    "no_data": "Voor deze ronde is niets doorgegeven.",
    "missed": "De einddatum is voorbij en het doel is niet gehaald.",
    "dropped": "Partijen hebben de afspraak ingetrokken.",
}


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def with_everything(self) -> "CommitmentQuerySet":
        """All that a row or page shows, in a constant number of queries."""
        return self.select_related("theme", "lead", "year_slice", "source", "target__indicator", "part_of")

    def whole(self) -> "CommitmentQuerySet":
        """What the parties agreed, each once: a joint commitment counts, its parts are inside it."""
        return self.filter(part_of__isnull=True)

    def carried_out(self) -> "CommitmentQuerySet":
        """What parties owe, each once: the parts count, the joint commitment follows from them."""
        return self.filter(is_joint=False)


class Commitment(models.Model):
    """One afspraak of a jaarschijf.

    `text` is the literal text that was or will be signed, `title` the plain one. `version` counts edits and
    guards against overwriting somebody else's. The last four fields are the standing: what the newest
    progress update claims, kept here so that lists filter and count on it without reading all updates.

    A joint commitment (`is_joint`) is divided over parties; each part is a commitment of its own with a lead, a
    target and updates. Nobody reports on the joint one: its standing follows from its parts (ADR 8).
    """

    class Kind(models.TextChoices):
        HARD = "hard", "Harde afspraak"
        EFFORT = "effort", "Inspanningsafspraak"
        PROCESS = "process", "Procesafspraak"
        STUDY = "study", "Onderzoeksafspraak"

    code = models.CharField("nummer", max_length=12, unique=True)
    year_slice = models.ForeignKey(
        YearSlice, models.PROTECT, related_name="commitments", verbose_name="jaarschijf"
    )
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="commitments", verbose_name="thema")
    kind = models.CharField("soort", max_length=8, choices=Kind)
    title = models.CharField("titel", max_length=150)
    text = models.TextField("letterlijke tekst", max_length=4000)
    lead = models.ForeignKey(Party, models.PROTECT, related_name="leads", verbose_name="wie voert het uit")
    article = models.CharField("vindplaats in de afspraken", max_length=120, blank=True)
    deadline = models.DateField("klaar op", null=True, blank=True)
    depends_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="dependents", verbose_name="kan pas na"
    )
    needs = models.CharField("wat daarvoor nodig is", max_length=300, blank=True)
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies", verbose_name="overgenomen van"
    )
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="deel van"
    )
    is_joint = models.BooleanField("verdeeld over partijen", default=False)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    provenance = models.CharField("herkomst", max_length=8, choices=Provenance)
    order = models.PositiveIntegerField("volgorde", default=0)
    is_key_figure = models.BooleanField("kerncijfer op het overzicht", default=False)
    version = models.PositiveIntegerField("versie", default=1)
    withdrawn_on = models.DateField("ingetrokken op", null=True, blank=True)
    withdrawn_reason = models.TextField("reden van intrekken", blank=True)
    search_text = models.TextField(editable=False)

    status = models.CharField("status", max_length=11, choices=Status, default=Status.NO_DATA)
    value = models.DecimalField("waarde", max_digits=16, decimal_places=3, null=True)
    as_of = models.DateField("peildatum", null=True)
    reported_on = models.DateField("doorgegeven op", null=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["year_slice__year", "order", "code"]
        indexes = [
            models.Index(fields=["year_slice", "order", "code"], name="commitment_list"),
            models.Index(fields=["status"], name="commitment_status"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawn_reason=""),
                name="commitment_withdrawn_why",
            ),
            models.CheckConstraint(
                condition=Q(depends_on__isnull=True) | ~Q(needs=""), name="commitment_depends_why"
            ),
            models.UniqueConstraint(fields=["year_slice", "copied_from"], name="commitment_copied_once"),
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | Q(is_joint=False), name="commitment_part_not_divided"
            ),
            models.UniqueConstraint(
                fields=["part_of", "lead"],
                condition=Q(withdrawn_on__isnull=True),
                name="commitment_part_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def is_example(self) -> bool:
        """Whether the row is invented for the demo and must be labelled."""
        return self.provenance == Provenance.EXAMPLE

    @property
    def measure(self) -> "Target | None":
        """The target, or None for a commitment without a figure."""
        return getattr(self, "target", None)

    def living_parts(self) -> list["Commitment"]:
        """The parts of a joint commitment that still stand, in the order of their letters; [] for another one."""
        if not self.is_joint:
            return []
        rows = self.parts.filter(withdrawn_on__isnull=True).order_by("code")
        return list(rows.select_related("lead", "target__indicator"))

    def editable_values(self) -> dict[str, Any]:
        """What the edit form shows and history keeps, as {field: value}; the target's fields included."""
        target = self.measure
        return {
            "title": self.title,
            "text": self.text,
            "kind": self.kind,
            "theme": self.theme,
            "lead": self.lead,
            "contributors": by_party((row.party, row.what) for row in self.contributions.all()),
            "deadline": self.deadline,
            "article": self.article,
            "depends_on": self.depends_on,
            "needs": self.needs,
            "order": self.order,
            "indicator": target.indicator if target else None,
            "direction": target.direction if target else "",
            "target_value": target.value if target else None,
            "out_of": target.out_of if target else None,
            "baseline": target.baseline if target else None,
            **self._planned_per_quarter(),
            "division": by_party((part.lead, part.target.value) for part in self.living_parts()),
        }

    def _planned_per_quarter(self) -> dict[str, Decimal | None]:
        """{"plan_1": value on 31 March, ...}; steps of the plan on other days are not edited."""
        steps = {step.on: step.value for step in self.measure.plan.all()} if self.measure else {}
        ends = self.year_slice.quarter_ends
        return {f"plan_{number}": steps.get(day) for number, day in enumerate(ends, 1)}


def by_party(rows: Iterable[tuple[Party, T]]) -> tuple[tuple[Party, T], ...]:
    """(party, what it contributes or its part) in the order of the parties, so that the same rows are always equal."""
    return tuple(sorted(rows, key=lambda row: (row[0].order, row[0].name)))


class Contribution(models.Model):
    """What another party does for a commitment: the promise works both ways (reciprocity)."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="contributions")
    party = models.ForeignKey(Party, models.PROTECT, related_name="contributions")
    what = models.CharField("wat de partij bijdraagt", max_length=300)

    class Meta:
        ordering = ["party__order"]
        constraints = [models.UniqueConstraint(fields=["commitment", "party"], name="contribution_once")]

    def __str__(self) -> str:
        return f"{self.party}: {self.what}"


class Target(models.Model):
    """The figure a commitment must reach, in the indicator's unit; yes/no is stored as 1.

    `out_of` is how many there are in all ("110 van de 120 woningen"), where that is known. `original` is the value
    as signed, once an amendment changed it: "oorspronkelijk 120 – nu 95" (rule 3).
    """

    class Direction(models.TextChoices):
        AT_LEAST = "at_least", "minstens"
        AT_MOST = "at_most", "hoogstens"
        EXACTLY = "exactly", "precies"
        YES_NO = "yes_no", "gedaan of niet"

    commitment = models.OneToOneField(Commitment, models.CASCADE, related_name="target")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    direction = models.CharField("richting", max_length=8, choices=Direction)
    value = models.DecimalField("streefwaarde", max_digits=16, decimal_places=3)
    out_of = models.DecimalField("van in totaal", max_digits=16, decimal_places=3, null=True, blank=True)
    baseline = models.DecimalField("nulmeting", max_digits=16, decimal_places=3, null=True, blank=True)
    original = models.DecimalField("oorspronkelijk", max_digits=16, decimal_places=3, null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.get_direction_display()} {self.value.normalize():f} {self.indicator.unit}"

    @property
    def is_amended(self) -> bool:
        """Whether another value was signed than the one that holds now."""
        return self.original is not None and self.original != self.value

    def is_met_by(self, value: Decimal) -> bool:
        """Whether this value reaches the target."""
        if self.direction == self.Direction.AT_MOST:
            return value <= self.value
        if self.direction == self.Direction.EXACTLY:
            return value == self.value
        return value >= self.value

    def most_plausible(self, last: Decimal | None) -> Decimal:
        """Above this a figure is more likely a typing error: 100 percent, all there are, or three times the largest known."""
        if self.indicator.value_kind == Indicator.ValueKind.PERCENTAGE:
            return Decimal(100)
        if self.out_of:
            return self.out_of
        return 3 * max(self.value, self.baseline or Decimal(0), last or Decimal(0), Decimal(1))

    def planned_on(self, day: date) -> Decimal | None:
        """The planned value on a day: the last step of the plan up to then; None without a plan."""
        steps = [step for step in self.plan.all() if step.on <= day]
        return steps[-1].value if steps else None


class PlannedValue(models.Model):
    """A step of the plan: where the figure should be on a day."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="plan")
    on = models.DateField("op")
    value = models.DecimalField("waarde", max_digits=16, decimal_places=3)

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["target", "on"], name="planned_value_once")]

    def __str__(self) -> str:
        return f"{self.on}: {self.value}"
