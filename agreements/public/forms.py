"""The filter of the list. It is lenient: what it does not know, it leaves out."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import F
from django.utils.datastructures import MultiValueDict

from agreements.commitments.models import CommitmentQuerySet, Status
from agreements.commitments.queries import matching
from agreements.progress.queries import dissents

SORTS: dict[str, tuple[str, list[Any]]] = {
    "nummer": ("Nummer", ["code"]),
    "einddatum": ("Einddatum", [F("deadline").asc(nulls_last=True), "code"]),
    "bijgewerkt": ("Laatst bijgewerkt", [F("reported_on").desc(nulls_last=True), "code"]),
    "titel": ("Titel", ["title"]),
}


def chosen_year(asked: str, years: Sequence[int], *, default: int) -> int:
    """The year in an address like ?jaar=2018 when there is such a jaarschijf; else the default, else the last one."""
    known = {str(year): year for year in years}
    return known.get(asked, default if default in years or not years else years[-1])


class ListFilter:
    """The choices in the address of /afspraken/, and what they leave over."""

    def __init__(self, chosen: MultiValueDict[str, str], *, years: list[int], default_year: int):
        self.words = chosen.get("q", "")[:100].replace("\x00", "").strip()
        self.statuses = [status for status in chosen.getlist("status") if status in Status.values]
        self.themes = [code[:4] for code in chosen.getlist("thema") if "\x00" not in code]
        self.party = chosen.get("partij", "")[:30].replace("\x00", "")
        self.has_dissent = chosen.get("afwijkend") == "ja"
        self.sort = chosen.get("sorteer") if chosen.get("sorteer") in SORTS else "nummer"
        year = chosen.get("jaar", str(default_year))
        self.year = next((known for known in years if str(known) == year), None)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the year is chosen."""
        return bool(self.words or self.statuses or self.themes or self.party or self.has_dissent)

    def of_year(self, commitments: CommitmentQuerySet) -> CommitmentQuerySet:
        """Those of the chosen year; all when no year is chosen."""
        return commitments.filter(year_slice__year=self.year) if self.year else commitments

    def narrow(self, commitments: CommitmentQuerySet, *, user: Any) -> CommitmentQuerySet:
        """Those that fit all choices, sorted. Whether there is a dissent depends on what this visitor may read."""
        chosen: dict[str, Any] = {
            "status__in": self.statuses,
            "theme__code__in": self.themes,
            "lead__key": self.party,
        }
        commitments = commitments.filter(**{name: value for name, value in chosen.items() if value})
        if self.has_dissent:
            commitments = commitments.filter(pk__in=dissents(user).order_by().values("update__commitment"))
        return matching(commitments, self.words).order_by(*SORTS[self.sort or "nummer"][1])

    def chips(self, asked: MultiValueDict[str, str]) -> list[tuple[str, str, str]]:
        """(field, value, address without it) of every choice, so that each can be taken back on its own."""
        chosen = [
            ("q", self.words),
            *(("status", s) for s in self.statuses),
            *(("thema", t) for t in self.themes),
        ]
        chosen += [("partij", self.party), ("afwijkend", "ja" if self.has_dissent else "")]
        return [(field, value, _without(asked, field, value)) for field, value in chosen if value]


def _without(asked: MultiValueDict[str, str], field: str, value: str) -> str:
    rest = [(name, one) for name, values in asked.lists() for one in values if name != "pagina"]
    return urlencode([(name, one) for name, one in rest if (name, one.strip()) != (field, value)])
