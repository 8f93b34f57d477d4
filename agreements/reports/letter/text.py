"""What the letter says, from the same snapshot as the report, in the structure of the letter of 2017.

Onderwerp, kernboodschap, aanleiding, consequenties, vervolgtraject. Only what the snapshot holds: no opinion of the college.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

from agreements.commitments.models import Status
from agreements.history.models import Provenance
from agreements.reports.content import WORRYING, pages
from agreements.web.formats import counted

Row = dict[str, Any]
Block: TypeAlias = str | tuple[str, ...]  # a paragraph, or the points of a list
EXAMPLE = "Dit is een voorbeeld met verzonnen gegevens."


@dataclass(frozen=True)
class Letter:
    """`parts`: [(heading, blocks)] in order; `rows`: [(number, commitment, party, status)] of what needs attention."""

    subject: str
    parts: tuple[tuple[str, tuple[Block, ...]], ...]
    rows: tuple[tuple[str, ...], ...]
    sender: str
    attachments: tuple[str, ...]
    number: str


def letter(snapshot: Row) -> Letter:
    """The letter about the report of this snapshot."""
    said = pages(snapshot)
    report, agreement = said["report"], said["agreement"]
    kernel = (EXAMPLE,) if report["is_example"] else ()
    return Letter(
        subject=f"{report['title']}, prestatieafspraken {agreement['first_year']}–{agreement['last_year']}",
        parts=(
            ("Kernboodschap", (*kernel, *_kernel(said))),
            ("Aanleiding", _reason(said)),
            ("Consequenties", _consequences(said)),
            ("Vervolgtraject", _next(said)),
        ),
        rows=tuple(_rows(said)),
        sender="Burgemeester en wethouders van Hilversum",
        attachments=(f"{report['number']}.pdf: {report['title']}", *_statements(said)),
        number=report["number"],
    )


def _kernel(said: Row) -> tuple[str, ...]:
    report = said["report"]
    first = f"Graag informeren wij u over de prestatieafspraken van {report['year']}. Deze brief gaat over de stand op {report['as_of']}."
    return first, " ".join(said["summary"])


def _reason(said: Row) -> tuple[str, ...]:
    agreement, report = said["agreement"], said["report"]
    signed = (
        f"Op {agreement['signed_on']} ondertekenden partijen de prestatieafspraken."
        if agreement["signed_on"]
        else ""
    )
    declined = [answer["party"] for answer in said["signatories"] if answer["outcome"] == "declined"]
    return (
        f"{signed}{_refused(declined)} Wij zegden toe u periodiek te informeren over de jaarschijven, de voortgang en de resultaten.",
        f"De uitvoerders konden hun gegevens doorgeven tot en met {report['due_on']}.",
    )


def _refused(parties: list[str]) -> str:
    if not parties:
        return ""
    *others, last = parties
    return f" {', '.join(others)} en {last} tekenden niet." if others else f" {last} tekende niet."


def _consequences(said: Row) -> tuple[Block, ...]:
    amended = [row["code"] for row in said["commitments"] if row["amendments"]]
    changes = [f"Partijen wijzigden de tekst of het doel van {', '.join(amended)}."] if amended else []
    attention = (
        "Deze afspraken vragen uw aandacht:"
        if _rows(said)
        else "Geen enkele afspraak loopt achter of vraagt aandacht."
    )
    return *_changed(said), *changes, attention


def _changed(said: Row) -> tuple[Block, ...]:
    if not said["previous"]:
        return ("Dit is de eerste rapportage. Er is nog niets om mee te vergelijken.",)
    since = said["previous"]["as_of"]
    if not said["changes"]:
        return (f"Sinds de stand op {since} kreeg geen enkele afspraak een andere status.",)
    groups = tuple(f"{group['title']}: {_codes(group['rows'])}." for group in said["changes"])
    return f"Dit veranderde sinds de stand op {since}:", groups


def _next(said: Row) -> tuple[Block, ...]:
    expected = tuple(
        f"{row['code']} {row['title']}: {row['last']['expected_on']}."
        for row in said["commitments"]
        if row["last"] and row["last"]["expected_on"] and row["status"] in WORRYING
    )
    dates: list[Block] = ["De uitvoerders noemen deze nieuwe datums:", expected] if expected else []
    undecided = sum(1 for item in said["agenda"] if not item["fates"])
    items = counted(undecided, "agendapunt", "agendapunten")
    agenda = [f"Over {items} voor de volgende jaren is nog niet besloten."] if undecided else []
    last = "Bijgevoegd vindt u de rapportage. Op de website van de prestatieafspraken kunt u nagaan of uw exemplaar echt is."
    return *dates, *agenda, last


def _rows(said: Row) -> list[tuple[str, ...]]:
    return [
        (
            row["code"],
            row["title"] + (" (voorbeeld)" if row["provenance"] == Provenance.EXAMPLE else ""),
            row["lead"],
            str(Status(row["status"]).label),
        )
        for row in said["attention"]
    ]


def _statements(said: Row) -> tuple[str, ...]:
    return tuple(f"Verklaring van {answer['party']}" for answer in said["statements"] if answer["statement"])


def _codes(rows: list[Row]) -> str:
    return ", ".join(row["code"] for row in rows)
