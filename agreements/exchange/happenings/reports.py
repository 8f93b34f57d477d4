"""Reports and signing in a data set."""

from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from agreements.accounts.second_factor import Proof
from agreements.exchange.happenings.progress import _evidence
from agreements.exchange.loading import Loading, Row
from agreements.progress.models import ReportingRound
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
