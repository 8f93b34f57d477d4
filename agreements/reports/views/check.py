"""Is your report genuine? In the browser, for everyone."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from agreements.access.declare import public
from agreements.reports.check import check_file
from agreements.reports.forms import CheckForm
from agreements.web.forms import attempt
from agreements.web.request import Request, posted, posted_files


@public
def check_report(request: Request) -> HttpResponse:
    """GET and POST /controleren/: choose a PDF and read whether it is ours. Nothing is kept."""
    form = CheckForm(posted(request), posted_files(request))
    answer = attempt(form, check_file, form.cleaned_data["file"]) if form.is_valid() else None
    status = 422 if form.errors else 200
    context = {"nav": "reports", "form": form, "answer": answer, "has_clock": bool(settings.TIMESTAMP_URL)}
    return render(request, "reports/check_report.html", context, status=status)
