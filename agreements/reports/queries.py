"""Reading reports."""

import json
from typing import Any

from django.db import models
from django.db.models import Q

from agreements.agreement.models import Signatory
from agreements.history.models import Event, Provenance
from agreements.history.queries import timeline
from agreements.parties.models import Party
from agreements.parties.queries import mandate_of, standing_of
from agreements.progress.models import ReportingRound
from agreements.reports.models import Report, ReportComment
from agreements.reports.permissions import COMMENTERS
from agreements.web.dates import today

Kind = Report.Kind
# Which earlier report the changes are counted from: a sheet or a summary compares with the progress report.
COMPARED_WITH = {
    Kind.PROGRESS: Kind.PROGRESS,
    Kind.COUNCIL: Kind.PROGRESS,
    Kind.COMMITMENT: Kind.PROGRESS,
    Kind.PARTY: Kind.PROGRESS,
    Kind.YEAR: Kind.YEAR,
}


def visible_to(user: Any) -> models.QuerySet[Report]:
    """What was published for everyone; a draft for comment for the parties; all for coordinators. Newest first."""
    related = (
        "round__year_slice",
        "year_slice",
        "party",
        "commitment",
        "previous",
        "supersedes",
        "created_by",
    )
    reports = Report.objects.select_related(*related, "published_by", "withdrawn_by").defer(
        "snapshot", "previous__snapshot", "supersedes__snapshot"
    )
    standing = standing_of(user)
    if standing.is_coordinator:
        return reports
    public = Q(state__in=Report.WAS_PUBLISHED)
    shared = Q(state=Report.State.READY, shared_on__isnull=False)
    to_sign = Q(state=Report.State.READY, signature_asked_on__isnull=False)
    found = public | shared if standing.parties else public
    return reports.filter(found | to_sign if may_sign(user) else found)


def published() -> models.QuerySet[Report]:
    """What the council and everyone else can read, newest first."""
    return Report.objects.filter(state=Report.State.PUBLISHED).order_by("-published_on", "-pk")


def ever_published() -> models.QuerySet[Report]:
    """What went out of the door, also when it was withdrawn since, newest first."""
    return Report.objects.filter(state__in=Report.WAS_PUBLISHED).order_by("-published_on", "-pk")


def previous_to(kind: str, round_: ReportingRound | None) -> Report | None:
    """The published report with which one of this kind about this round is compared; None when there is none."""
    if round_ is None or kind not in COMPARED_WITH:
        return None
    compared = COMPARED_WITH[Kind(kind)]
    earlier = "round__as_of__lte" if compared == kind else "round__as_of__lt"
    found = published().filter(kind=compared, **{earlier: round_.as_of})
    return found.order_by("-round__as_of", "-published_on", "-pk").first()


def without_renewal(user: Any) -> list[Report]:
    """For coordinators: reports whose proof should have been renewed by now, but could not be."""
    if not standing_of(user).is_coordinator:
        return []
    return list(published().exclude(renewal_failure="").defer("snapshot"))


def newer_than(report: Report) -> Report | None:
    """The published correction that stands in its place; the last one when it was corrected again."""
    newest, step = None, report
    while found := published().filter(supersedes=step).first():
        newest = step = found
    return newest


def reportable_rounds() -> models.QuerySet[ReportingRound]:
    """Rounds one can report on: those that have been opened at some time, newest first."""
    return ReportingRound.objects.filter(updates__isnull=False).distinct().order_by("-as_of")


def snapshot_of(report: Report) -> dict[str, Any]:
    """The frozen data of a report (see snapshot/ for its shape)."""
    return json.loads(report.snapshot)


def awaiting_comment(user: Any) -> models.QuerySet[Report]:
    """The drafts on which a party of this person may still comment and said nothing yet."""
    own = {m.party_id for m in standing_of(user).memberships if m.role in COMMENTERS}
    shared = Report.objects.filter(
        state=Report.State.READY, shared_on__isnull=False, comments_due_on__gte=today()
    ).defer("snapshot")
    return shared.exclude(comments__party__in=own) if own else shared.none()


def may_sign(user: Any) -> bool:
    """Whether this person has a mandate of the municipality today."""
    own = {m.party for m in standing_of(user).memberships if m.party.kind == Party.Kind.MUNICIPALITY}
    return any(mandate_of(user, party, today()) for party in own)


def awaiting_signature(user: Any) -> models.QuerySet[Report]:
    """The drafts that this person may sign for the municipality."""
    asked = Report.objects.filter(state=Report.State.READY, signature_asked_on__isnull=False)
    return asked.defer("snapshot") if may_sign(user) else asked.none()


def awaiting_publication(user: Any) -> models.QuerySet[Report]:
    """What this coordinator may publish or must make again; not what lies before the parties."""
    ready = Q(state=Report.State.READY, signature_asked_on__isnull=True) & (
        Q(comments_due_on__isnull=True) | Q(comments_due_on__lt=today())
    )
    found = Report.objects.filter(ready & ~Q(created_by=user) | Q(state=Report.State.FAILED))
    return found.defer("snapshot")


def comments_on(report: Report) -> list[tuple[Party, list[ReportComment]]]:
    """Every other party with what it said about the draft; an empty list is silence.

    In an example nobody really asked the real organisations: their silence means nothing (rule 11).
    """
    said = list(report.comments.select_related("party", "said_by"))
    answers = Signatory.objects.select_related("party").exclude(party__kind=Party.Kind.MUNICIPALITY)
    if snapshot_of(report)["report"]["is_example"]:
        answers = answers.exclude(party__provenance=Provenance.SOURCED)
    asked = [answer.party for answer in answers]
    others = [comment.party for comment in said if comment.party not in asked]
    return [(party, [c for c in said if c.party == party]) for party in dict.fromkeys([*asked, *others])]


def readable_timeline(report: Report, user: Any) -> models.QuerySet[Event]:
    """The timeline; what happened before publication is for the parties (rule 10)."""
    events = timeline(report)
    if standing_of(user).parties:
        return events
    return events.filter(
        verb__in=[
            "reports.signed",
            "reports.published",
            "reports.renewed",
            "reports.withdrawn",
            "reports.corrected",
        ]
    )
