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
from agreements.progress.models import Claim, Draft, ReportingRound, Return
from agreements.progress.operations import (
    answer_return,
    close_round,
    offer_progress,
    open_round,
    require_approval,
    return_progress,
    save_draft,
    send_back_draft,
    submit_progress,
)
from agreements.reports.operations import create_report, publish_report, render_report

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
    row.pop("on")
    key = uuid5(NAMESPACE_URL, f"{loading.name}/{commitment.code}/{round_.code}/{commitment.updates.count()}")
    submit_progress(commitment, by=by, on=day, round=round_, key=key, evidence=files, claim=_claim(row))


def _claim(row: Row) -> Claim:
    names = [name for name in ("value", "numerator", "denominator") if name in row]
    given: Row = {**row, **{name: Decimal(row[name]) for name in names}}
    return Claim(**given)


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


def approvals(loading: Loading, row: Row, day: date) -> None:
    require_approval(loading.party(row["party"]), by=loading.user(row["by"]), on=day, needed=True)


def drafts(loading: Loading, row: Row, day: date) -> None:
    commitment, by = Commitment.objects.get(code=row["commitment"]), loading.user(row["by"])
    round_ = ReportingRound.objects.get(code=row["round"])
    save_draft(commitment, by=by, on=day, round=round_, answers=row["answers"], version=0)


def offers(loading: Loading, row: Row, day: date) -> None:
    commitment, by = Commitment.objects.get(code=row.pop("commitment")), loading.user(row.pop("by"))
    round_ = ReportingRound.objects.get(code=row.pop("round"))
    row.pop("on")
    typed = {name: str(text) for name, text in row.items()}
    key = uuid5(NAMESPACE_URL, f"{loading.name}/{commitment.code}/{round_.code}/offer")
    given: Row = {"by": by, "on": day, "round": round_, "key": key, "answers": typed}
    offer_progress(commitment, claim=_claim(row), **given)


def offers_sent_back(loading: Loading, row: Row, day: date) -> None:
    draft = Draft.objects.select_related("commitment", "party").get(commitment__code=row["commitment"])
    send_back_draft(draft, by=loading.user(row["by"]), on=day, version=draft.version, remark=row["remark"])


def returns(loading: Loading, row: Row, day: date) -> None:
    update = Commitment.objects.get(code=row["commitment"]).updates.first()
    assert update is not None
    return_progress(update, by=loading.user(row["by"]), on=day, question=row["question"])


def return_answers(loading: Loading, row: Row, day: date) -> None:
    asked = Return.objects.get(update__commitment__code=row["commitment"])
    answer_return(asked, by=loading.user(row["by"]), on=day, answer=row["text"])


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
    round_ = ReportingRound.objects.get(code=row["round"])
    loading.say(f"rapportage {round_.name.lower()} maken en verzegelen")
    report = create_report(round_, by=loading.user(row["by"]), on=day)
    render_report.call(report.pk)
    report.refresh_from_db()
    publish_report(report, by=loading.user(row["publisher"]), on=row["published_on"])


# The day of a row, and what happens then; on one day in this order, so that rounds open before anything is reported.
HAPPENINGS: dict[str, tuple[str, Step]] = {
    "rounds": ("opened_on", rounds),
    "updates": ("on", updates),
    "returns": ("on", returns),
    "return_answers": ("on", return_answers),
    "approvals": ("on", approvals),
    "drafts": ("on", drafts),
    "offers": ("on", offers),
    "offers_sent_back": ("on", offers_sent_back),
    "withdrawals": ("on", withdrawals),
    "edits": ("on", edits),
    "amendments": ("on", amendments),
    "amendment_answers": ("on", amendment_answers),
    "fates": ("on", fates),
    "closed_rounds": ("closed_on", closed_rounds),
    "reports": ("created_on", reports),
}


def in_order(tables: dict[str, list[Row]]) -> list[tuple[date, Step, Row]]:
    """(day, step, row) of every dated row, in the order of the days; takes the tables out of `tables`."""
    tables["closed_rounds"] = [row for row in tables.get("rounds", []) if "closed_on" in row]
    tables["amendment_answers"] = [
        {**answer, "commitment": row["commitment"]}
        for row in tables.get("amendments", [])
        for answer in row.get("answers", [])
    ]
    tables["return_answers"] = _afterwards(tables.get("returns", []), "answer")
    tables["offers_sent_back"] = _afterwards(tables.get("offers", []), "sent_back")
    found = [
        (row[day], step, row) for table, (day, step) in HAPPENINGS.items() for row in tables.pop(table, [])
    ]
    return sorted(found, key=lambda happening: happening[0])


def _afterwards(rows: list[Row], part: str) -> list[Row]:
    """What happened later with a row stands in the row, as `part`; taken out as a row of its own day."""
    return [{**row.pop(part), "commitment": row["commitment"]} for row in rows if part in row]
