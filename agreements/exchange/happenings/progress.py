"""Rounds, progress, judgements and the stock in a data set."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from agreements.accounts.models import User
from agreements.commitments.models import Commitment
from agreements.documents.operations import keep_evidence
from agreements.exchange.loading import FOLDER, Loading, Row
from agreements.parties.models import Party
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
from agreements.stock.operations import submit_statement


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


def reminders(loading: Loading, row: Row, day: date) -> None:
    send_reminders(on=day)


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


def stock_statements(loading: Loading, row: Row, day: date) -> None:
    party, by, year = loading.party(row.pop("party")), loading.user(row.pop("by")), row.pop("year")
    row.pop("on")
    key = uuid5(NAMESPACE_URL, f"{loading.name}/{party.key}/{year}/{day}")
    values = {"explanation": "", "reason": "", **row}
    submit_statement(party, by=by, on=day, year=year, key=key, values=values)
