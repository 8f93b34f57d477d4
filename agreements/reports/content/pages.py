"""The pages of a report: its summary, its groups of changes, its commitments and their figures in words."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from agreements.agreement.models import Signatory
from agreements.commitments.models import Status
from agreements.commitments.operations import LABELS
from agreements.commitments.versions import shown_value
from agreements.history.models import Provenance
from agreements.progress.models import FINAL, Assessment
from agreements.reports import figures
from agreements.reports.comparison import grouped
from agreements.reports.content.reciprocity import reciprocity
from agreements.reports.content.sections import BOOKS, sections
from agreements.reports.figures import Row
from agreements.reports.models import Report
from agreements.reports.together import together_in_words, total_of
from agreements.web.formats import HARD_SPACE, dutch_date

# From good to bad. Two statuses are no place on this line: no_data and dropped.
BETTER_TO_WORSE = (
    Status.ACHIEVED,
    Status.ON_TRACK,
    Status.NOT_STARTED,
    Status.AT_RISK,
    Status.BEHIND,
    Status.MISSED,
)
WORRYING = (Status.MISSED, Status.BEHIND, Status.AT_RISK)  # the worst first
CHANGES = {
    "worse": "Het gaat minder goed dan vorige keer",
    "better": "Het gaat beter dan vorige keer",
    "silent": "Nu zijn er geen gegevens",
    "heard": "Nu zijn er wel gegevens",
    "dropped": "Vervallen sinds de vorige keer",
    "new": "Nieuw in deze rapportage",
}
SENTENCES = {  # for one commitment, and for more
    Status.AT_RISK: ("1 afspraak vraagt aandacht.", "{} afspraken vragen aandacht."),
    Status.BEHIND: ("1 afspraak loopt achter.", "{} afspraken lopen achter."),
    Status.MISSED: ("1 afspraak is niet gehaald.", "{} afspraken zijn niet gehaald."),
    Status.NOT_STARTED: ("1 afspraak is nog niet gestart.", "{} afspraken zijn nog niet gestart."),
    Status.NO_DATA: ("Van 1 afspraak zijn er geen gegevens.", "Van {} afspraken zijn er geen gegevens."),
    Status.DROPPED: ("1 afspraak is vervallen.", "{} afspraken zijn vervallen."),
}


def pages(snapshot: Mapping[str, Any], *, has_signature: bool = False) -> dict[str, Any]:
    """All that templates/reports/pdf/report.html shows; days and amounts are written out."""
    said = _said(snapshot)
    kind = snapshot["report"].get("kind", Report.Kind.PROGRESS)
    return said | {
        "kind": kind,
        "is_book": kind in BOOKS,
        "kind_label": Report.Kind(kind).label,
        "sections": sections(kind, said, has_signature=has_signature),
    }


def _said(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    was = {change["code"]: change["was"] for change in snapshot["changes"]}
    rounds = _rounds(snapshot)
    rows = [_commitment(row, snapshot, rounds, was) for row in snapshot["commitments"]]
    whole = [row for row in rows if not row.get("part_of")]
    answers = [answer | {"day": _day(answer["answered_on"])} for answer in snapshot["signatories"]]
    return {
        "report": _heading(snapshot["report"]),
        "previous": snapshot["previous"] and _heading(snapshot["previous"]),
        "agreement": snapshot["agreement"] | {"signed_on": _day(snapshot["agreement"]["signed_on"])},
        "counts": snapshot["counts"],
        "total": len(whole),
        "commitments": rows,
        "summary": summary(snapshot["counts"]),
        "changed": sum(change["code"] in {row["code"] for row in whole} for change in snapshot["changes"]),
        "changes": _changes(snapshot["changes"], rows),
        "differences": grouped(snapshot.get("differences", [])),
        "key_figures": [row for row in rows if row["is_key_figure"] and row["value"]][:4],
        "themes": _themes(snapshot["themes"], rows),
        "silent": [row for row in rows if row["status"] == Status.NO_DATA and row["was_asked"]],
        "not_asked": [row for row in rows if row["status"] == Status.NO_DATA and _is_of_source(row)],
        "agenda": [item | {"fates": [_fate(fate) for fate in item["fates"]]} for item in snapshot["agenda"]],
        "signatories": answers,
        "answers": Counter(answer["outcome"] for answer in answers if not _is_invented(answer)),
        "parties": sum(1 for answer in answers if not _is_invented(answer)),
        "invented": sum(1 for answer in answers if _is_invented(answer)),
        "statements": [answer for answer in answers if _has_statement(answer)],
        "late": [_late(row) for row in snapshot.get("late", [])],
        "evidence": [
            piece | {"code": row["code"], "provenance": row["provenance"]}
            for row in rows
            for piece in [*row["evidence"], *({"link": address} for address in row["links"])]
        ],
        "rounds": rounds,
        "attention": [row for status in WORRYING for row in whole if row["status"] == status],
        **reciprocity(snapshot["report"].get("party"), rows),
    }


def _is_of_source(row: Row) -> bool:
    """Whether nobody was asked, because it comes from a public source; of a joint commitment the parts are asked."""
    return not row["was_asked"] and not row.get("together")


def _is_invented(answer: Row) -> bool:
    return answer["provenance"] == Provenance.EXAMPLE


def summary(counts: Mapping[str, int]) -> list[str]:
    """How it stands, one idea a sentence; a status without commitments is not mentioned."""
    good, total = counts[Status.ACHIEVED] + counts[Status.ON_TRACK], sum(counts.values())
    first = f"{good} van de {total} afspraken {'is' if good == 1 else 'zijn'} gerealiseerd of op koers."
    sentences = [first] + [
        one if counts[status] == 1 else many.format(counts[status])
        for status, (one, many) in SENTENCES.items()
        if counts[status]
    ]
    return [re.sub(r"(\d) ", rf"\1{HARD_SPACE}", sentence) for sentence in sentences]


def _heading(report: Row) -> Row:
    days = {name: _day(report[name]) for name in ("as_of", "created_on", "due_on")}
    return report | days | {"created_iso": report["created_on"]}


def _rounds(snapshot: Mapping[str, Any]) -> list[Row]:
    """The rounds until now, oldest first, as far as anybody reported in them: [{"as_of", "name"}]."""
    report = snapshot["report"]
    names = {report["as_of"]: report["round"]}
    for row in snapshot["commitments"]:
        names |= {update["round_as_of"]: update["round"] for update in row["updates"]}
    return [{"as_of": as_of, "name": names[as_of]} for as_of in sorted(names)]


def _commitment(row: Row, snapshot: Mapping[str, Any], rounds: list[Row], was: Row) -> Row:
    """The row with its figures in words."""
    last = row["updates"][-1] if row["updates"] else None
    measured = next((update for update in reversed(row["updates"]) if update["value"] is not None), None)
    # The rounds of an example are invented: in them nobody asked anything of a real organisation (rule 11).
    is_of_source = snapshot["report"]["is_example"] and row["provenance"] == Provenance.SOURCED
    was_asked = not is_of_source and not row.get("together")
    asked = _asked(row, rounds) if was_asked else []
    year = snapshot["report"]["year"]
    together = row.get("together") and together_in_words(row, snapshot["commitments"], rounds, year)
    value = total_of(row) if together else measured and measured["value"]
    return row | {
        "together": together,
        "deadline": _day(row["deadline"]),
        "amended": row["target"] and figures.amended(row["target"]),
        "amendments": [_amendment(amendment) for amendment in row.get("amendments", [])],
        "signed": _signed(row),
        "course": together["course"] if together else _course(row, rounds),
        "was": was.get(row["code"]),
        "was_asked": was_asked,
        "chart_file": f"grafieken/{row['code']}.svg",
        "value": value,
        "headline": value and figures.headline(value, row["target"]),
        "standing": together["sum"] if together else row["target"] and figures.standing(value, row["target"]),
        "standing_day": _day(measured["as_of"]) if measured else "",
        "lines": figures.lines(row, asked, year) if asked or row["updates"] else [],
        "chart": together["chart"] if together else figures.chart(row, year),
        "evidence": [piece for update in row["updates"] for piece in update["evidence"]],
        "links": [address for update in row["updates"] for address in update.get("links", [])],
        "ratio": figures.ratio(measured) if measured else "",
        "goal": row["target"] and Decimal(row["target"]["value"]),
        "last": last
        and last | {"expected_on": _day(last["expected_on"]), "submitted_on": _day(last["submitted_on"])},
        "readings": _readings(last) if last else None,
        "withdrawn": row["withdrawn"] and row["withdrawn"] | {"on": _day(row["withdrawn"]["on"])},
    }


def _readings(update: Row) -> Row | None:
    """What the other parties said of the last figure, in words; None in reports of before parties could judge."""
    found = update.get("assessments")
    if found is None:
        return None
    given = [
        reading
        | {name: _day(reading[name]) for name in ("given_on", "decided_on", "of_older_figure")}
        | {
            "answer": reading["answer"]
            and reading["answer"] | {"given_on": _day(reading["answer"]["given_on"])}
        }
        for reading in found["given"]
    ]
    is_disputed = any(reading["verdict"] == Assessment.Verdict.DISAGREED for reading in given)
    return found | {"until": _day(found["until"]), "given": given, "is_disputed": is_disputed}


def _signed(row: Row) -> Row:
    """Title, text, target, lead and end date as they were signed."""
    original, target = row.get("original", {}), row["target"]
    value = (target.get("original") or target["value"]) if target else None
    return {
        "title": original.get("title", row["title"]),
        "text": original.get("text", row["text"]),
        "lead": original.get("lead", row["lead"]),
        "deadline": _day(original.get("deadline", row["deadline"])),
        "target": target and figures.promise(target | {"value": value}),
    }


def _late(row: Row) -> Row:
    return row | {"submitted_on": _day(row["submitted_on"])}


def _course(row: Row, rounds: list[Row]) -> list[str]:
    """The status in each round; "" where nothing was reported."""
    by_round = {update["round_as_of"]: update["status"] for update in row["updates"]}
    return [by_round.get(round_["as_of"], "") for round_ in rounds]


def _amendment(amendment: Row) -> Row:
    """Its day, and [(name of the field, what stood there, what holds now)] in words."""
    before, after = amendment["before"], amendment["after"]
    fields = [
        (LABELS[name], shown_value(name, before), shown_value(name, after))
        for name in LABELS
        if name in after
    ]
    return amendment | {"in_force_on": _day(amendment["in_force_on"]), "fields": fields}


def _asked(row: Row, rounds: list[Row]) -> list[Row]:
    """The rounds in which something was expected: after a final status nobody asks any more."""
    over = [update["round_as_of"] for update in row["updates"] if update["status"] in FINAL]
    return [round_ for round_ in rounds if not over or round_["as_of"] <= over[0]]


def grouped_changes(changes: list[Row]) -> list[Row]:
    """[{"title", "rows": changes}] for every kind of change that occurs, the worrying ones first."""
    groups: dict[str, list[Row]] = {kind: [] for kind in CHANGES}
    for change in changes:
        groups[_kind_of(change)].append(change)
    return [{"title": title, "rows": groups[kind]} for kind, title in CHANGES.items() if groups[kind]]


def _changes(changes: list[Row], rows: list[Row]) -> list[Row]:
    now = {row["code"]: row for row in rows}
    return [
        group | {"rows": [now[change["code"]] for change in group["rows"]]}
        for group in grouped_changes(changes)
    ]


def _kind_of(change: Row) -> str:
    was, now = change["was"], change["now"]
    if was is None:
        return "new"
    if now == Status.DROPPED:
        return "dropped"
    if now == Status.NO_DATA:
        return "silent"
    if was not in BETTER_TO_WORSE:
        return "heard"
    return "worse" if BETTER_TO_WORSE.index(now) > BETTER_TO_WORSE.index(was) else "better"


def _themes(themes: list[Row], rows: list[Row]) -> list[Row]:
    """Every theme with commitments: {"code", "name", "commitments", "counts", "in_words"}."""
    found = []
    for theme in themes:
        own = [row for row in rows if row["theme"] == theme["code"]]
        if own:
            counts = Counter(row["status"] for row in own if not row.get("part_of"))
            words = [f"{counts[status]} {status.label.lower()}" for status in Status if counts[status]]
            strip = f"strook-{theme['code']}"
            found.append(
                theme
                | {
                    "strip": strip,
                    "commitments": own,
                    "counts": counts,
                    "total": counts.total(),
                    "in_words": ", ".join(words),
                }
            )
    return found


def _fate(fate: Row) -> Row:
    return fate | {"decided_on": _day(fate["decided_on"])}


def _has_statement(answer: Row) -> bool:
    return bool(answer["statement"]) or answer["outcome"] == Signatory.Outcome.DECLINED


def _day(iso: str | None) -> str:
    """ "30 juni 2017"; "" for None."""
    return dutch_date(date.fromisoformat(iso)) if iso else ""
