"""Reading the questions of the municipality about updates."""

from typing import Any

from django.db import models

from agreements.parties.models import Party
from agreements.parties.queries import standing_of
from agreements.progress.models import Return


def returns(user: Any) -> models.QuerySet[Return]:
    """The questions this person may read: those who act for a party."""
    related = ("update__commitment__lead", "update__round", "update__party", "update__measurement__indicator")
    found = Return.objects.select_related(*related, "asked_by")
    return found if standing_of(user).parties else found.none()


def open_returns(parties: list[Party]) -> models.QuerySet[Return]:
    """The questions that these parties still have to answer."""
    related = ("update__commitment", "update__round", "update__party")
    found = Return.objects.filter(update__party__in=parties, answered_on__isnull=True)
    return found.select_related(*related)
