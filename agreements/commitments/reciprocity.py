"""What a party owes and what it is owed: `permissions.parties_concerned`, asked of a party instead of a commitment."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from agreements.agreement.models import Signatory
from agreements.commitments.models import CommitmentQuerySet, Contribution
from agreements.parties.models import Party


def owed_by(party: Party, commitments: CommitmentQuerySet) -> CommitmentQuerySet:
    """Those of these commitments that this party carries out."""
    return commitments.filter(lead=party)


def owed_to(party: Party, commitments: CommitmentQuerySet) -> CommitmentQuerySet:
    """Those of these commitments that others carry out and in which this party is concerned.

    It contributes, it is the municipality of the agreement, or it represents the tenants of the lead. A promise
    that concerns its lead only was made to everyone who signed.
    """
    answers = Signatory.objects.filter(agreement=OuterRef("year_slice__agreement"))
    contributions = Contribution.objects.filter(commitment=OuterRef("pk"))
    tenants = Party.objects.filter(represents=OuterRef("lead"))
    municipalities = answers.filter(party__kind=Party.Kind.MUNICIPALITY)
    concerned = Q(Exists(contributions.filter(party=party)) | Exists(municipalities.filter(party=party)))
    if party.represents_id:
        concerned |= Q(lead=party.represents_id)
    concerns_others = (
        Exists(contributions) | Exists(tenants) | Exists(municipalities.exclude(party=OuterRef("lead")))
    )
    signed = Exists(answers.filter(party=party, outcome=Signatory.Outcome.SIGNED))
    return commitments.exclude(lead=party).filter(concerned | Q(~concerns_others & signed))


def contributions_by(party: Party, commitments: CommitmentQuerySet) -> models.QuerySet[Contribution]:
    """What this party contributes to those commitments of others."""
    return _contributions(commitments).filter(party=party)


def contributions_to(party: Party, commitments: CommitmentQuerySet) -> models.QuerySet[Contribution]:
    """What others contribute to those commitments of this party."""
    return _contributions(commitments).filter(commitment__lead=party)


def _contributions(commitments: CommitmentQuerySet) -> models.QuerySet[Contribution]:
    found = Contribution.objects.filter(commitment__in=commitments.order_by().values("pk"))
    related = ("party", "commitment__lead", "commitment__theme", "commitment__year_slice")
    return found.select_related(*related).order_by("commitment__code", "party__order")
