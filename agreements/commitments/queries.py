"""Reading commitments."""

import unicodedata
from typing import Any

from django.db import models
from django.db.models import Count

from agreements.agreement.models import YearSlice
from agreements.agreement.queries import readable_slices
from agreements.commitments.models import Commitment, CommitmentQuerySet, Indicator, Status, Target
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
    """The first number after the highest of this year: "18-13"."""
    prefix = f"{year_slice.year % 100:02}-"
    used = Commitment.objects.filter(code__startswith=prefix).values_list("code", flat=True)
    numbers = [int(code.removeprefix(prefix)) for code in used if code.removeprefix(prefix).isdigit()]
    return f"{prefix}{max(numbers, default=0) + 1:02}"


def last_place(year_slice: YearSlice) -> int:
    """The order for a commitment that comes last in this year."""
    highest = year_slice.commitments.aggregate(highest=models.Max("order"))["highest"]
    return 0 if highest is None else highest + 1


def of_year_before(year_slice: YearSlice, user: Any) -> CommitmentQuerySet:
    """What this year can take over: the commitments of the year before that still stand."""
    return visible_to(user).filter(year_slice__year=year_slice.year - 1, withdrawn_on__isnull=True)


def indicators(user: Any) -> models.QuerySet[Indicator]:
    """The catalogue, each indicator with the targets in which this person may see it used."""
    readable = visible_to(user).order_by().values("pk")
    used = Target.objects.filter(commitment__in=readable).select_related("commitment__year_slice")
    in_order = used.order_by("commitment__year_slice__year", "commitment__order")
    return Indicator.objects.select_related("source").prefetch_related(models.Prefetch("targets", in_order))


def circle_through(commitment: Commitment, depends_on: Commitment | None) -> list[str]:
    """The codes of the circle that arises when the commitment waits for this other one; [] when there is none."""
    rows = Commitment.objects.filter(year_slice=commitment.year_slice)
    waits_for = dict(rows.values_list("pk", "depends_on"))
    codes = dict(rows.values_list("pk", "code"))
    path, step = [commitment.pk], depends_on and depends_on.pk
    while step and step not in path:
        path.append(step)
        step = waits_for.get(step)
    return [codes[pk] for pk in [*path, commitment.pk]] if step == commitment.pk else []


def values_of_version(commitment: Commitment, version: int) -> dict[str, Any]:
    """What history says the fields held in this version, as text; {} for a version it does not know."""
    for event in timeline(commitment):
        if event.data.get("version") == version:
            return event.data["after"]
    return {}
