"""The front page."""

from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import render

from agreements.access.declare import public
from agreements.agreement.queries import current_agreement, signatories
from agreements.commitments.models import Status
from agreements.commitments.queries import counts_by_status, visible_to
from agreements.process.queries import road
from agreements.progress.queries import (
    open_round,
)
from agreements.public import queries
from agreements.reports.queries import published
from agreements.web.dates import today
from agreements.web.request import Request


@public
def overview(request: Request) -> HttpResponse:
    """GET /: how the commitments of this year stand, and who takes part."""
    agreement = current_agreement()
    if agreement is None:
        return render(request, "public/empty.html", {"nav": "overview"})
    year = today().year
    commitments = visible_to(request.user).filter(year_slice__year=year)
    counts = counts_by_status(commitments)
    answers = list(signatories(agreement))
    context = {
        "nav": "overview",
        "agreement": agreement,
        "year": year,
        "counts": counts,
        "total": sum(counts.values()),
        "good": counts[Status.ACHIEVED] + counts[Status.ON_TRACK],
        "round": open_round(year, today()) or queries.last_closed_round(year),
        "reported_on": commitments.aggregate(newest=Max("reported_on"))["newest"],
        "key_figures": queries.key_figures(commitments),
        "themes": queries.theme_standings(commitments),
        "route": queries.route(request.user),
        "steps": road(agreement),
        "parties": queries.parties_by_kind(answers),
        "declined": [answer for answer in answers if answer.outcome == answer.Outcome.DECLINED],
        "latest_report": published().first(),
    }
    return render(request, "public/overview.html", context)
