"""What changed between any two reports, in the browser."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from agreements.access.declare import public
from agreements.reports import queries
from agreements.reports.comparison import grouped, with_statuses
from agreements.reports.models import Report
from agreements.web.request import Request


@public
def compare_reports(request: Request) -> HttpResponse:
    """GET /rapportages/verschil/?van=<number>&tot=<number>: two published reports; the last two by default."""
    readable = list(queries.published().exclude(kind=Report.Kind.AGREEMENT))
    progress = [report for report in readable if report.kind == Report.Kind.PROGRESS]
    by_number = {report.number: report for report in readable}
    context: dict[str, Any] = {"nav": "reports", "readable": readable}
    if "van" in request.GET or "tot" in request.GET:
        pair = [by_number.get(request.GET.get(name, "")) for name in ("van", "tot")]
        if None in pair:
            raise Http404
    else:
        pair = [*progress[1::-1]] if len(progress) > 1 else []
    if len(pair) == 2:
        old, new = pair
        assert old is not None
        assert new is not None
        found = with_statuses(queries.snapshot_of(old), queries.snapshot_of(new))
        context |= {"old": old, "new": new, "groups": grouped(found)}
    return render(request, "reports/compare_reports.html", context)
