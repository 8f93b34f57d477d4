"""Of which sections each kind of report is composed. One set of sections, six kinds."""

from collections.abc import Iterable, Iterator, Mapping
from math import inf
from typing import Any

from agreements.reports.models import Report

Kind = Report.Kind
Row = dict[str, Any]
# (anchor, title, template in templates/reports/pdf)
CHANGES = ("veranderd", "Wat is er veranderd?", "changes")
SUMMARY = ("samenvatting", "Samenvatting", "summary")
OVERVIEW = ("overzicht", "Alle afspraken op een rij", "overview")
COURSE = ("verloop", "Het jaar per ronde", "course")
SILENT = ("niet-aangeleverd", "Niets doorgegeven", "silent")
LATE = ("later-ontvangen", "Later ontvangen", "late")
THEMES = ("themas", "", "theme")  # becomes a section for each theme
TEXTS = ("afspraken", "", "texts")
ONE = ("afspraak", "", "one")
OWES = ("belooft", "Wat deze partij doet", "owes")
OWED = ("krijgt", "Wat deze partij mag verwachten", "owed")
AGENDA = ("agenda", "Agenda voor de volgende jaren", "agenda")
EVIDENCE = ("bewijs", "Openbaar bewijs", "evidence")
SIGNATORIES = ("ondertekening", "Wie tekende, en wie niet", "signatories")
SIGNATURE = ("handtekening", "Handtekening van de wethouder", "signature")
CHECK = ("controleren", "Dit document controleren", "check")
PAGE = ("bladzijde", "", "council")

COMPOSED = {
    Kind.PROGRESS: (CHANGES, SUMMARY, OVERVIEW, SILENT, LATE, THEMES, AGENDA, EVIDENCE, SIGNATORIES, CHECK),
    Kind.YEAR: (SUMMARY, COURSE, CHANGES, SILENT, LATE, THEMES, AGENDA, EVIDENCE, SIGNATORIES, CHECK),
    Kind.AGREEMENT: (TEXTS, AGENDA, SIGNATORIES, CHECK),
    Kind.COMMITMENT: (ONE, LATE, EVIDENCE, CHECK),
    Kind.PARTY: (OWES, OWED, LATE, AGENDA, CHECK),
    Kind.COUNCIL: (PAGE,),
}
PER_PART = 40  # commitments; a part begins a page, and with fewer too many pages stay half empty
# A sheet of a page or two has no cover and no contents.
BOOKS = (Kind.PROGRESS, Kind.YEAR, Kind.AGREEMENT)
# What is left out when there is nothing to say. That nothing is silent or changed is worth saying.
OPTIONAL = {"later-ontvangen": "late", "bewijs": "evidence", "krijgt": "owed", "agenda": "agenda"}


def sections(kind: str, said: Mapping[str, Any], *, has_signature: bool = False) -> list[Row]:
    """[{"id", "title", "template"}, and in a book "begins_part"] in reading order; `said` is what the pages say.

    `has_signature`: with a place for the signature of an alderman, before how to check the document.
    """
    composed = list(COMPOSED[Kind(kind)])
    if has_signature:
        composed.insert(composed.index(CHECK), SIGNATURE)
    found = list(_sections(Kind(kind), composed, said))
    if kind in BOOKS:
        _cut(found)
    return found


def _sections(kind: Kind, composed: Iterable[tuple[str, str, str]], said: Mapping[str, Any]) -> Iterator[Row]:
    for anchor, title, name in composed:
        template = f"reports/pdf/{name}.html"
        if name in ("theme", "texts"):
            for theme in said["themes"]:
                found = {"id": f"thema-{theme['code']}", "title": theme["name"], "theme": theme}
                yield found | {"template": template}
        elif anchor not in OPTIONAL or said[OPTIONAL[anchor]] or (anchor == "agenda" and kind in BOOKS):
            yield {"id": anchor, "title": title, "template": template}


def _cut(found: list[Row]) -> None:
    """Say where a part begins: with the first theme, and in a long report after some themes."""
    sizes = [len(section["theme"]["commitments"]) if "theme" in section else 0 for section in found]
    most = PER_PART if sum(sizes) > 2 * PER_PART else inf
    in_part = 0
    for index, section in enumerate(found):
        is_first_theme = sizes[index] > 0 and not any(sizes[:index])
        section["begins_part"] = is_first_theme or in_part >= most
        in_part = sizes[index] + (0 if section["begins_part"] else in_part)
