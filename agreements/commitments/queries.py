"""Reading commitments."""

import unicodedata
from typing import Any

from django.db.models import Count

from agreements.agreement.models import YearSlice
from agreements.agreement.queries import readable_slices
from agreements.commitments.models import Commitment, CommitmentQuerySet, Status
from agreements.history.queries import timeline


def visible_to(user: Any) -> CommitmentQuerySet:
    """The commitments this person may read; for others a draft does not exist."""
    return Commitment.objects.filter(readable_slices(user)).with_everything()


def normalised(text: str) -> str:
    """Text for searching: no capitals, no accents; the same on both databases ("EÉN" finds "één")."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def matching(commitments: CommitmentQuerySet, words: str) -> CommitmentQuerySet:
    """Those that contain every one of the words, in code, title, text or names."""
    for word in normalised(words).split():
        commitments = commitments.filter(search_text__contains=word)
    return commitments


def counts_by_status(commitments: CommitmentQuerySet) -> dict[str, int]:
    """{status code: number}, every status present, in the fixed order."""
    found = dict(commitments.order_by().values_list("status").annotate(n=Count("pk")))
    return {status: found.get(status, 0) for status in Status.values}


def next_code(year_slice: YearSlice) -> str:
    """The first free number of a year: "18-13". Ask for it while the jaarschijf is held (`hold_phase`)."""
    start = f"{year_slice.year % 100:02}-"
    codes = Commitment.objects.filter(code__startswith=start).values_list("code", flat=True)
    numbers = [int(code[3:]) for code in codes if code[3:].isdigit()]
    return f"{start}{max(numbers, default=0) + 1:02}"


def values_of_version(commitment: Commitment, version: int) -> dict[str, Any]:
    """What history says the fields held in this version, as text; {} for a version it does not know."""
    for event in timeline(commitment):
        if event.data.get("version") == version:
            return event.data["after"]
    return {}
