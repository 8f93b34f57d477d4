"""What differs between two snapshots, in words: for section 1 of a report and for the page that compares any two."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from agreements.commitments.models import Status, Target
from agreements.reports import figures
from agreements.web.formats import counted, dutch_date

Row = dict[str, Any]
NOTHING = "–"
# Every kind of difference with the title above its table, in the order in which people read them.
TITLES = {
    "status": "Status",
    "removed": "Staat er niet meer in",
    "target": "Doelen",
    "text": "Teksten, uitvoerders en einddatums",
    "definition": "Hoe er wordt geteld",
    "signature": "Wie tekende, en wie niet",
    "agenda": "Agenda en jaarschijven",
    "figure": "Cijfers",
    "evidence": "Openbaar bewijs",
}
TEXTS = {"title": "titel", "text": "letterlijke tekst", "kind": "soort", "lead": "wie voert het uit"}
DEFINITION = ("indicator", "definition", "unit", "area", "counting", "supplied_by")
# A sheet of one commitment or party leaves commitments out that still exist.
WHOLE = ("progress", "council", "year", "agreement")


def compared(old: Row, new: Row) -> list[Row]:
    """[{"kind", "code", "title", "provenance", "was", "now"}] of everything but statuses; texts in Dutch."""
    before = {row["code"]: row for row in old["commitments"]}
    found = [
        difference
        for row in new["commitments"]
        if row["code"] in before
        for difference in _of_commitment(before[row["code"]], row)
    ]
    if new["report"].get("kind", "progress") in WHOLE:
        now = {row["code"] for row in new["commitments"]}
        found += [
            _row("removed", row, "Stond er in", NOTHING) for code, row in before.items() if code not in now
        ]
    return [*found, *_signatures(old, new), *_agenda(old, new), *_years(old, new)]


def with_statuses(old: Row, new: Row) -> list[Row]:
    """The same with the statuses, first; a new commitment has no status before."""
    before = {row["code"]: row["status"] for row in old["commitments"]}
    statuses = [
        _row("status", row, _label(before.get(row["code"])), _label(row["status"]))
        for row in new["commitments"]
        if before.get(row["code"]) != row["status"]
    ]
    return [*statuses, *compared(old, new)]


def grouped(differences: list[Row]) -> list[Row]:
    """[{"kind", "title", "rows"}] for every kind that occurs, in reading order."""
    groups = ((kind, [row for row in differences if row["kind"] == kind]) for kind in TITLES)
    return [{"kind": kind, "title": TITLES[kind], "rows": rows} for kind, rows in groups if rows]


def _of_commitment(was: Row, now: Row) -> Iterator[Row]:
    yield from _texts(was, now)
    yield from _targets(was["target"], now["target"], now)
    if _figure(was) != _figure(now):
        yield _row("figure", now, _figure(was), _figure(now))
    pieces = [_evidence_in(row) for row in (was, now)]
    if pieces[0] != pieces[1]:
        yield _row("evidence", now, _pieces(pieces[0]), _pieces(pieces[1]))


def _texts(was: Row, now: Row) -> Iterator[Row]:
    for name, label in TEXTS.items():
        if was[name] != now[name]:
            yield _row("text", now, f"{label.capitalize()}: {was[name]}", now[name])
    if was["deadline"] != now["deadline"]:
        yield _row("text", now, f"Einddatum: {_day(was['deadline'])}", _day(now["deadline"]))


def _targets(was: Row | None, now: Row | None, row: Row) -> Iterator[Row]:
    if _promise(was) != _promise(now):
        yield _row("target", row, _promise(was), _promise(now))
    if was and now:
        changed = [name for name in DEFINITION if was.get(name) != now.get(name)]
        if changed:
            yield _row("definition", row, _definition(was, changed), _definition(now, changed))


def _signatures(old: Row, new: Row) -> Iterator[Row]:
    before = {answer["party"]: answer for answer in old["signatories"]}
    for answer in new["signatories"]:
        was = before.get(answer["party"])
        if was is None or was["outcome"] != answer["outcome"]:
            label = was["label"] if was else NOTHING
            yield _row("signature", answer | {"code": "", "title": answer["party"]}, label, answer["label"])


def _agenda(old: Row, new: Row) -> Iterator[Row]:
    before = {item["code"]: item for item in old["agenda"]}
    for item in new["agenda"]:
        was = before.get(item["code"])
        shown = item | {"title": item["text"]}
        if was is None:
            yield _row("agenda", shown, NOTHING, "Nieuw agendapunt")
        elif was["fates"] != item["fates"]:
            yield _row("agenda", shown, _fates(was), _fates(item))


def _years(old: Row, new: Row) -> Iterator[Row]:
    before = {row["year"]: row["phase"] for row in old["agreement"].get("years", [])}
    for row in new["agreement"].get("years", []):
        if row["year"] in before and before[row["year"]] != row["phase"]:
            shown = {"code": "", "title": f"Jaarschijf {row['year']}", "provenance": "own"}
            yield _row("agenda", shown, before[row["year"]], row["phase"])


def _row(kind: str, about: Row, was: str, now: str) -> Row:
    shown = {name: about[name] for name in ("code", "title", "provenance")}
    return {"kind": kind, **shown, "was": was or NOTHING, "now": now or NOTHING}


def _figure(row: Row) -> str:
    """The newest figure with its day and certainty: "36 woningen (30 juni 2017, definitief)"."""
    measured = next((update for update in reversed(row["updates"]) if update["value"] is not None), None)
    if measured is None or row["target"] is None:
        return NOTHING
    certainty = f", {measured['certainty'].lower()}" if measured["certainty"] else ""
    return f"{figures.amount(measured['value'], row['target'])} ({_day(measured['as_of'])}{certainty})"


def _promise(target: Row | None) -> str:
    if target is None:
        return NOTHING
    return "Gedaan" if target["direction"] == Target.Direction.YES_NO else figures.promise(target)


def _definition(target: Row, names: list[str]) -> str:
    return "; ".join(str(target.get(name) or NOTHING) for name in names)


def _fates(item: Row) -> str:
    return "; ".join(f"{fate['fate']} ({fate['year']})" for fate in item["fates"]) or "Nog geen besluit"


def _evidence_in(row: Row) -> int:
    """How many files and links; reports of before there were links have none."""
    return sum(len(update["evidence"]) + len(update.get("links", [])) for update in row["updates"])


def _pieces(number: int) -> str:
    return counted(number, "bewijsstuk", "bewijsstukken")


def _label(status: str | None) -> str:
    return Status(status).label if status else "Stond er niet in"


def _day(iso: str | None) -> str:
    return dutch_date(date.fromisoformat(iso)) if iso else "geen"
