"""What happened on a day in a data set: each table row becomes one operation, in the order of the days."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from agreements.accounts.models import User
from agreements.accounts.second_factor import Proof
from agreements.agenda.models import AgendaItem
from agreements.agenda.operations import decide_fate
from agreements.commitments.models import Commitment, Indicator
from agreements.commitments.operations import (
    answer_amendment,
    edit_commitment,
    propose_amendment,
    withdraw_commitment,
)
from agreements.documents.operations import keep_evidence
from agreements.exchange.loading import FOLDER, Loading, Row
from agreements.parties.models import Party
from agreements.process.models import Proposal
from agreements.process.operations import (
    add_comment,
    answer_comment,
    change_phase,
    decline_proposal,
    make_proposal,
    merge_proposal,
    take_up_proposal,
    withdraw_proposal,
)
from agreements.progress.models import Assessment, Claim, Draft, Judgement, ReportingRound, Return
from agreements.progress.operations import (
    answer_assessment,
    answer_return,
    assess_progress,
    close_round,
    offer_progress,
    open_round,
    require_approval,
    return_progress,
    save_draft,
    send_back_draft,
    send_reminders,
    submit_progress,
)
from agreements.progress.queries import current_updates
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
from agreements.signing.models import Seat
from agreements.signing.operations import decline, render_document, sign
from agreements.signing.operations import open_round as open_signing
from agreements.stock.operations import submit_statement

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


def reminders(loading: Loading, row: Row, day: date) -> None:
    send_reminders(on=day)


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


def assessments(loading: Loading, row: Row, day: date) -> None:
    by, judgement = loading.user(row["by"]), Judgement(row["verdict"], row.get("text", ""))
    if "decided_on" in row:
        judgement = replace(judgement, decided_on=row["decided_on"], body=row.get("body", ""))
    found = current_updates().filter(round__code=row["round"], commitment__code__in=row["commitments"])
    for update in found.select_related("round", "party", "commitment__year_slice", "commitment__lead"):
        assess_progress(update, by=by, on=day, judgement=judgement)


def assessment_answers(loading: Loading, row: Row, day: date) -> None:
    given = Assessment.objects.filter(
        update__round__code=row["round"],
        update__commitment__code__in=row["commitments"],
        given_by__email=row["to"],
    )
    for assessment in given.filter(answer__isnull=True):
        answer_assessment(assessment, by=loading.user(row["by"]), on=day, text=row["text"])


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


def stock_statements(loading: Loading, row: Row, day: date) -> None:
    party, by, year = loading.party(row.pop("party")), loading.user(row.pop("by")), row.pop("year")
    row.pop("on")
    key = uuid5(NAMESPACE_URL, f"{loading.name}/{party.key}/{year}/{day}")
    values = {"explanation": "", "reason": "", **row}
    submit_statement(party, by=by, on=day, year=year, key=key, values=values)


def phases(loading: Loading, row: Row, day: date) -> None:
    year_slice, by = loading.year_slice(row["year"]), loading.user(row["by"])
    why = row.get("why", "")
    change_phase(year_slice, row["to"], seen=year_slice.phase, by=by, on=day, why=why)


def proposals(loading: Loading, row: Row, day: date) -> None:
    year_slice, by = loading.year_slice(row.pop("year")), loading.user(row.pop("by"))
    row["theme"] = year_slice.agreement.themes.get(code=row["theme"])
    row["party"] = loading.party(row["party"])
    if indicator := row.get("indicator"):
        row["indicator"] = Indicator.objects.get(key=indicator)
        row["target_value"] = Decimal(row["target_value"])
    row.pop("on")
    row.pop("decision", None)
    key = uuid5(NAMESPACE_URL, f"{loading.name}/{year_slice.year}/{row['party']}/{row['title']}")
    make_proposal(year_slice, by=by, on=day, key=key, **row)


def proposal_decisions(loading: Loading, row: Row, day: date) -> None:
    proposal = Proposal.objects.get(year_slice__year=row["year"], title=row["title"])
    draft = Commitment.objects.filter(code=row.get("draft", "")).first()
    given: dict[str, Any] = {"by": loading.user(row["by"]), "on": day, "version": proposal.version}
    if row["state"] == Proposal.State.TAKEN_UP:
        lead = loading.party(row["lead"]) if "lead" in row else None
        take_up_proposal(proposal, lead=lead, draft=draft, **given)
    elif row["state"] == Proposal.State.MERGED and draft:
        merge_proposal(proposal, commitment=draft, reason=row.get("reason", ""), **given)
    elif row["state"] == Proposal.State.DECLINED:
        decline_proposal(proposal, reason=row["reason"], **given)
    else:
        withdraw_proposal(proposal, by=given["by"], on=day)


def comments(loading: Loading, row: Row, day: date) -> None:
    commitment = Commitment.objects.get(code=row["commitment"])
    by, party = loading.user(row["by"]), loading.party(row["party"])
    key = uuid5(NAMESPACE_URL, f"{loading.name}/{commitment.code}/{row['text']}")
    said: dict[str, Any] = {"voice": row["voice"], "text": row["text"], "version": commitment.version}
    add_comment(commitment, by=by, on=day, party=party, key=key, **said)


def comment_answers(loading: Loading, row: Row, day: date) -> None:
    comment = Commitment.objects.get(code=row["commitment"]).comments.get(text=row["text"])
    by, reason = loading.user(row["by"]), row["reason"]
    answer_comment(comment, by=by, on=day, outcome=row["outcome"], reason=reason)


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


def signing_rounds(loading: Loading, row: Row, day: date) -> None:
    year_slice = loading.year_slice(row["year"])
    loading.say(f"{str(year_slice).lower()} klaarzetten om te ondertekenen")
    parties = [loading.party(key) for key in row["parties"]]
    by = loading.user(row["by"])
    round_ = open_signing(year_slice, by=by, on=day, due_on=row["due_on"], parties=parties)
    render_document.call(round_.pk)


def signing_answers(loading: Loading, row: Row, day: date) -> None:
    seats = Seat.objects.select_related("round", "party").filter(round__year_slice__year=row["year"])
    seat, by = seats.get(party__key=row["party"]), loading.user(row["by"])
    # Nobody showed a second factor in an example, and the history says so.
    given: dict[str, Any] = {"by": by, "on": day, "proof": Proof("voorbeeld", timezone.now())}
    if row["answer"] == Seat.Outcome.SIGNED:
        sign(seat, **given)
    else:
        piece = {"file": row["statement"], "title": row["statement"], "visibility": "own"}
        statement = _evidence(loading, piece, seat.party, by)
        decline(seat, reason=row["reason"], statement=statement, **given)


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


def in_order(tables: dict[str, list[Row]]) -> list[tuple[date, Step, Row]]:
    """(day, step, row) of every dated row, in the order of the days; takes the tables out of `tables`."""
    tables["closed_rounds"] = [row for row in tables.get("rounds", []) if "closed_on" in row]
    tables["amendment_answers"] = [
        {**answer, "commitment": row["commitment"]}
        for row in tables.get("amendments", [])
        for answer in row.get("answers", [])
    ]
    tables["proposal_decisions"] = [
        {**row["decision"], "year": row["year"], "title": row["title"]}
        for row in tables.get("proposals", [])
        if "decision" in row
    ]
    tables["comment_answers"] = [
        {**row["answer"], "commitment": row["commitment"], "text": row["text"]}
        for row in tables.get("comments", [])
        if "answer" in row
    ]
    tables["assessment_answers"] = [
        {**row["answer"], "to": row["by"], "round": row["round"], "commitments": row["commitments"]}
        for row in tables.get("assessments", [])
        if "answer" in row
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
