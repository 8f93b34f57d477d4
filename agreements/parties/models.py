"""The three sides of the agreement, and who may act for them."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.history.models import Provenance, Source
from agreements.web.formats import dutch_date


class Party(models.Model):
    """A municipality, a housing corporation or a tenant organisation."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", "Gemeente"
        CORPORATION = "corporation", "Woningcorporatie"
        TENANTS = "tenants", "Huurdersorganisatie"

    key = models.SlugField("sleutel", max_length=30, unique=True)
    name = models.CharField("naam", max_length=120)
    short_name = models.CharField("korte naam", max_length=60)
    kind = models.CharField("soort", max_length=12, choices=Kind)
    represents = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tenant_organisations",
        verbose_name="huurders van",
    )
    provenance = models.CharField("herkomst", max_length=8, choices=Provenance)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField("volgorde", default=0)
    needs_approval = models.BooleanField("bestuurder geeft akkoord op voortgang", default=False)

    class Meta:
        ordering = ["order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(represents__isnull=True) | Q(kind="tenants"), name="party_only_tenants_represent"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What someone does for a party. Who may what is decided in each slice's permissions."""

    COORDINATOR = "coordinator", "Coördinator"
    REPORTER = "reporter", "Invuller"
    SIGNATORY = "signatory", "Ondertekenaar"
    REVIEWER = "reviewer", "Bestuurslid huurders"
    COUNCILLOR = "councillor", "Raad en griffie"
    MANAGER = "manager", "Applicatiebeheerder"


ROLES_OF = {
    Party.Kind.MUNICIPALITY: {Role.COORDINATOR, Role.REPORTER, Role.SIGNATORY, Role.COUNCILLOR, Role.MANAGER},
    Party.Kind.CORPORATION: {Role.REPORTER, Role.SIGNATORY},
    Party.Kind.TENANTS: {Role.REPORTER, Role.SIGNATORY, Role.REVIEWER},
}


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> "MembershipQuerySet":
        """Memberships in force on this day."""
        return self.filter(started_on__lte=day).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))


class Membership(models.Model):
    """A person acting for a party in a role, from a day, until a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    party = models.ForeignKey(Party, models.PROTECT, related_name="memberships")
    role = models.CharField("rol", max_length=11, choices=Role)
    started_on = models.DateField("vanaf")
    ended_on = models.DateField("tot", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["party__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "party", "role"], condition=Q(ended_on__isnull=True), name="membership_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} bij {self.party}"


class MandateQuerySet(models.QuerySet["Mandate"]):
    def on(self, day: date) -> "MandateQuerySet":
        """Mandates in force on this day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day))


class Mandate(models.Model):
    """Who may sign for a party, in what function and on what ground (product.md: mandate proof).

    `valid_until` is the first day on which it holds no more. Handing over is a mandate for somebody else.
    """

    class Kind(models.TextChoices):
        BOARD = "board", "Besluit van het bestuur"
        SUPERVISORS = "supervisors", "Goedkeuring van de raad van commissarissen"
        DECREE = "decree", "Mandaatbesluit"

    party = models.ForeignKey(Party, models.PROTECT, related_name="mandates")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="mandates"
    )
    function = models.CharField("functie", max_length=120)
    kind = models.CharField("soort besluit", max_length=11, choices=Kind)
    ground = models.CharField("besluit", max_length=200)
    decided_on = models.DateField("besluit van")
    valid_from = models.DateField("geldig vanaf")
    valid_until = models.DateField("geldig tot", null=True, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField("gegeven", auto_now_add=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField("beëindigd", null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["party__order", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="mandate_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False, valid_until__isnull=False),
                name="mandate_ended_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.function} van {self.party}"

    def holds_on(self, day: date) -> bool:
        """Whether the mandate is in force on this day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)

    @property
    def proof(self) -> str:
        """The ground as it is printed beside a signature: kind, day and the decision itself."""
        return f"{self.get_kind_display()} van {dutch_date(self.decided_on)}: {self.ground}"


class Standing:
    """For which parties, and in which roles, one person acts today. Read once a request."""

    def __init__(self, memberships: Any):
        self.memberships = list(memberships)

    @property
    def parties(self) -> set[int]:
        """Primary keys of the parties; members of the council belong to no party of the agreement."""
        return {m.party_id for m in self.memberships if m.role != Role.COUNCILLOR}

    @property
    def is_coordinator(self) -> bool:
        """Whether the person coordinates the agreement for the municipality."""
        return any(
            m.role == Role.COORDINATOR and m.party.kind == Party.Kind.MUNICIPALITY for m in self.memberships
        )

    def appoints_signers(self, party: Party) -> bool:
        """Whether the person says who signs for this party, and with which key: a signatory or its own manager."""
        return self.has(Role.SIGNATORY, Role.MANAGER, party=party)

    def has(self, *roles: str, party: Party | None = None) -> bool:
        """Whether the person holds one of these roles, for this party when given."""
        return any(m.role in roles and (party is None or m.party_id == party.pk) for m in self.memberships)
