"""How texts came to be in a data set: drafts, proposals, comments, decisions, amendments."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from agreements.agenda.models import AgendaItem
from agreements.agenda.operations import decide_fate
from agreements.commitments.models import Commitment, Indicator
from agreements.commitments.operations import (
    answer_amendment,
    edit_commitment,
    propose_amendment,
    withdraw_commitment,
)
from agreements.exchange.loading import Loading, Row
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
