"""What happened on a day in a data set: each table row becomes one operation, in the order of the days."""

from collections.abc import Callable
from datetime import date

from agreements.exchange.happenings.progress import (
    approvals,
    assessment_answers,
    assessments,
    closed_rounds,
    drafts,
    offers,
    offers_sent_back,
    reminders,
    return_answers,
    returns,
    rounds,
    stock_statements,
    updates,
)
from agreements.exchange.happenings.reports import reports, signing_answers, signing_rounds, withdrawn_reports
from agreements.exchange.happenings.text import (
    amendment_answers,
    amendments,
    comment_answers,
    comments,
    edits,
    fates,
    phases,
    proposal_decisions,
    proposals,
    withdrawals,
)
from agreements.exchange.loading import Loading, Row

Step = Callable[[Loading, Row, date], None]
# The day of a row, and what happens then; on one day in this order, so that rounds open before anything is reported.
HAPPENINGS: dict[str, tuple[str, Step]] = {
    "rounds": ("opened_on", rounds),
    "updates": ("on", updates),
    "proposals": ("on", proposals),
    "proposal_decisions": ("on", proposal_decisions),
    "comments": ("on", comments),
    "phases": ("on", phases),
    "reminders": ("on", reminders),
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
    "comment_answers": ("on", comment_answers),
    "assessments": ("on", assessments),
    "assessment_answers": ("on", assessment_answers),
    "fates": ("on", fates),
    "stock_statements": ("on", stock_statements),
    "signing_rounds": ("opened_on", signing_rounds),
    "signing_answers": ("on", signing_answers),
    "closed_rounds": ("closed_on", closed_rounds),
    "reports": ("created_on", reports),
    "withdrawn_reports": ("on", withdrawn_reports),
}


# What happened later with a row stands in the row; it becomes a row of its own day: (table, part, {name: taken from}).
AFTERWARDS: dict[str, tuple[str, str, dict[str, str]]] = {
    "proposal_decisions": ("proposals", "decision", {"year": "year", "title": "title"}),
    "comment_answers": ("comments", "answer", {"commitment": "commitment", "text": "text"}),
    "assessment_answers": (
        "assessments",
        "answer",
        {"to": "by", "round": "round", "commitments": "commitments"},
    ),
    "return_answers": ("returns", "answer", {"commitment": "commitment"}),
    "offers_sent_back": ("offers", "sent_back", {"commitment": "commitment"}),
}


def in_order(tables: dict[str, list[Row]]) -> list[tuple[date, Step, Row]]:
    """(day, step, row) of every dated row, in the order of the days; takes the tables out of `tables`."""
    tables["closed_rounds"] = [row for row in tables.get("rounds", []) if "closed_on" in row]
    tables["amendment_answers"] = [
        {**answer, "commitment": row["commitment"]}
        for row in tables.get("amendments", [])
        for answer in row.get("answers", [])
    ]
    for table, (where, part, names) in AFTERWARDS.items():
        rows = [row for row in tables.get(where, []) if part in row]
        tables[table] = [{**row.pop(part), **{new: row[old] for new, old in names.items()}} for row in rows]
    found = [
        (row[day], step, row) for table, (day, step) in HAPPENINGS.items() for row in tables.pop(table, [])
    ]
    return sorted(found, key=lambda happening: happening[0])
