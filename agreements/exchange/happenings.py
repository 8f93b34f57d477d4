"""What happened on a day in a data set: each table row becomes one operation, in the order of the days."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from agreements.accounts.models import User
from agreements.agenda.models import AgendaItem
from agreements.agenda.operations import decide_fate
from agreements.commitments.models import Commitment
from agreements.commitments.operations import (
    answer_amendment,
    edit_commitment,
    propose_amendment,
    withdraw_commitment,
)
from agreements.documents.operations import keep_evidence
from agreements.exchange.loading import FOLDER, Loading, Row
from agreements.parties.models import Party
from agreements.progress.models import Claim, ReportingRound
from agreements.progress.operations import close_round, open_round, submit_progress
from agreements.reports.models import Report
from agreements.reports.operations import (
    comment_on_report,
    correct_report,
    create_report,
    publish_report,
    render_report,
    share_report,
    withdraw_report,
)
from agreements.reports.subject import Subject

Step = Callable[[Loading, Row, date], None]


def rounds(loading: Loading, row: Row, day: date) -> None:
    fields = {name: value for name, value in row.items() if name not in ("year", "closed_on")}
    year_slice = loading.year_slice(row["year"])
    open_round(year_slice, by=None, on=day, **fields)


def closed_rounds(loading: Loading, row: Row, day: date) -> None:
    close_round(ReportingRound.objects.get(code=row["code"]), by=None, on=day)


def updates(loading: Loading, row: Row, day: date) -> None:
    commitment = Commitment.objects.select_related("lead").get(code=row.pop("commitment"))
    by, round_ = loading.user(row.pop("by")), ReportingRound.objects.get(code=row.pop("round"))
    files = [_evidence(loading, piece, commitment.lead, by) for piece in row.pop("evidence", [])]
    if "value" in row:
        row["value"] = Decimal(row["value"])
    row.pop("on")
    key = uuid5(NAMESPACE_URL, f"{loading.name}/{commitment.code}/{round_.code}/{commitment.updates.count()}")
    submit_progress(commitment, by=by, on=day, round=round_, key=key, evidence=files, claim=Claim(**row))


def _evidence(loading: Loading, piece: Row, party: Party, by: User) -> Any:
    data = (FOLDER / loading.name / piece["file"]).read_bytes()
    return keep_evidence(
        name=piece["file"],
        data=data,
        party=party,
        by=by,
        title=piece["title"],
        visibility=piece["visibility"],
    )


def edits(loading: Loading, row: Row, day: date) -> None:
    commitment = Commitment.objects.get(code=row["commitment"])
    edit_commitment(
        commitment,
        by=loading.user(row["by"]),
        on=day,
        version=commitment.version,
        changes=row["change"],
        why=row.get("why", ""),
    )


def withdrawals(loading: Loading, row: Row, day: date) -> None:
    withdraw_commitment(Commitment.objects.get(code=row["commitment"]), by=None, on=day, reason=row["reason"])


def amendments(loading: Loading, row: Row, day: date) -> None:
    commitment, changes = Commitment.objects.get(code=row["commitment"]), dict(row["change"])
    if "target_value" in changes:
        changes["target_value"] = Decimal(changes["target_value"])
    if key := changes.pop("lead", None):
        changes["lead"] = loading.party(key)
    by, version = loading.user(row["by"]), commitment.version
    propose_amendment(commitment, by=by, on=day, version=version, changes=changes, reason=row["reason"])


def amendment_answers(loading: Loading, row: Row, day: date) -> None:
    amendment = Commitment.objects.get(code=row["commitment"]).amendments.last()
    assert amendment is not None
    by, reason = loading.user(row["by"]), row.get("reason", "")
    answer_amendment(amendment, by=by, on=day, outcome=row["outcome"], reason=reason)


def fates(loading: Loading, row: Row, day: date) -> None:
    item = AgendaItem.objects.get(code=row["item"])
    decide_fate(
        item,
        by=None,
        on=day,
        year=row["year"],
        kind=row["fate"],
        commitments=list(Commitment.objects.filter(code__in=row.get("commitments", []))),
        to_year=row.get("to_year"),
        reason=row.get("reason", ""),
        provenance=row["provenance"],
    )


def reports(loading: Loading, row: Row, day: date) -> None:
    """Made on a day, and what happened to it since: laid before the parties, published, withdrawn."""
    round_ = ReportingRound.objects.get(code=row["round"])
    kind, by = row.get("kind", Report.Kind.PROGRESS), loading.user(row["by"])
    loading.say(f"{Report.Kind(kind).label.lower()} {round_.name.lower()} maken")
    if number := row.get("corrects"):
        report = correct_report(Report.objects.get(number=number), by=by, on=day, reason=row["reason"])
    else:
        party = loading.party(row["party"]) if "party" in row else None
        report = create_report(Subject(round_, kind, party=party), by=by, on=day)
    render_report.call(report.pk)
    report.refresh_from_db()
    if "comments_due_on" in row:
        share_report(report, by=by, on=row["shared_on"], until=row["comments_due_on"])
    for place, comment in enumerate(row.get("comments", [])):
        key = uuid5(NAMESPACE_URL, f"{loading.name}/{report.number}/{place}")
        given = {"by": loading.user(comment["by"]), "on": comment["on"], "text": comment["text"]}
        comment_on_report(report, key=key, **given)
    if "published_on" in row:
        publish_report(report, by=loading.user(row["publisher"]), on=row["published_on"])


def withdrawn_reports(loading: Loading, row: Row, day: date) -> None:
    report = Report.objects.get(number=row["number"])
    withdraw_report(report, by=loading.user(row["by"]), on=day, reason=row["reason"])


# The day of a row, and what happens then; on one day in this order, so that rounds open before anything is reported.
HAPPENINGS: dict[str, tuple[str, Step]] = {
    "rounds": ("opened_on", rounds),
    "updates": ("on", updates),
    "withdrawals": ("on", withdrawals),
    "edits": ("on", edits),
    "amendments": ("on", amendments),
    "amendment_answers": ("on", amendment_answers),
    "fates": ("on", fates),
    "closed_rounds": ("closed_on", closed_rounds),
    "reports": ("created_on", reports),
    "withdrawn_reports": ("on", withdrawn_reports),
}


def in_order(tables: dict[str, list[Row]]) -> list[tuple[date, Step, Row]]:
    """(day, step, row) of every dated row, in the order of the days; takes the tables out of `tables`."""
    tables["closed_rounds"] = [row for row in tables.get("rounds", []) if "closed_on" in row]
    tables["amendment_answers"] = [
        {**answer, "commitment": row["commitment"]}
        for row in tables.get("amendments", [])
        for answer in row.get("answers", [])
    ]
    found = [
        (row[day], step, row) for table, (day, step) in HAPPENINGS.items() for row in tables.pop(table, [])
    ]
    return sorted(found, key=lambda happening: happening[0])
