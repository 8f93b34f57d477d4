"""Reading the agreement."""

from typing import Any

from django.db import models
from django.db.models import Q

from agreements.agreement.models import Agreement, Signatory, Theme, YearSlice
from agreements.parties.models import Party
from agreements.parties.queries import standing_of
from agreements.web.dates import today


def current_agreement() -> Agreement | None:
    """The agreement that covers this year, else the newest; None in an empty portal."""
    year = today().year
    running = Agreement.objects.filter(first_year__lte=year, last_year__gte=year).first()
    return running or Agreement.objects.first()


def themes() -> models.QuerySet[Theme]:
    """The themes of the agreement, in their order."""
    return Theme.objects.select_related("agreement")


def year_slices() -> models.QuerySet[YearSlice]:
    """All year slices, oldest first. That a year is being prepared is public; its drafts are not."""
    return YearSlice.objects.select_related("agreement")


def signatories(agreement: Agreement) -> models.QuerySet[Signatory]:
    """Every party with its answer, in the order of the parties."""
    return agreement.signatories.select_related("party", "party__represents", "source")


def parties_to(agreement: Agreement) -> models.QuerySet[Party]:
    """The parties that were asked to sign: only they can owe or contribute something."""
    return Party.objects.filter(signatures__agreement=agreement).distinct()


def readable_slices(user: Any) -> Q:
    """Filter on `year_slice`: the years of which this person may read the commitments (rule 10)."""
    readable = Q(year_slice__phase__in=YearSlice.PUBLIC_PHASES)
    return (
        readable | Q(year_slice__phase__in=YearSlice.DRAFT_PHASES) if standing_of(user).parties else readable
    )
