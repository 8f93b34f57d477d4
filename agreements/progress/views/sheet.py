"""The sheet in the browser: all commitments of one party in one round."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agreements.access.declare import members_only
from agreements.parties.models import Party
from agreements.progress import operations, permissions, queries
from agreements.progress.forms import Sheet
from agreements.progress.models import ReportingRound
from agreements.web.dates import today
from agreements.web.formats import counted
from agreements.web.forms import attempt
from agreements.web.htmx import after_post, page_or_part
from agreements.web.parked import unpark
from agreements.web.request import Request, posted


@members_only
def fill_sheet(request: Request, code: str) -> HttpResponse:
    """GET and POST /rondes/<code>/opgave/: 422 for wrong answers, 409 when a colleague was first; then nothing is sent."""
    round_ = get_object_or_404(queries.rounds(), code=code)
    party = queries.reporting_party(request.user, request.GET.get("partij", ""))
    permissions.fill_sheet(party, by=request.user)
    sent = posted(request)
    if sent is None:
        permissions.open_sheet(round_)
    typed = sent if sent is not None else unpark(request)
    sheet = Sheet(queries.sheet_of(party, round_), typed, is_only_shown=sent is None)
    if sent is not None and (done := _do(sheet, party, round_, by=request.user)):
        messages.success(request, done)
        return after_post(request, _where_to(party, round_))
    status = 200 if sent is None else 409 if sheet.conflicts else 422
    sheet.catch_up()
    context = {"sheet": sheet, "round": round_, "party": party, "nav": "tasks"}
    context |= {
        "is_offer": permissions.must_be_approved(party, by=request.user),
        "parties": queries.reporting_parties(request.user),
    }
    return page_or_part(request, "progress/fill_sheet.html", context, part="formulier", status=status)


def _do(sheet: Sheet, party: Party, round_: ReportingRound, *, by: Any) -> str:
    """Save or send what was asked; what was done as a sentence, "" when it was refused."""
    given = {"by": by, "on": today(), "round": round_}
    if sheet.wants == "save":
        return _save(sheet, party, given)
    if not sheet.is_right():
        return ""
    rows = [row.answer(is_for_sending=True) for row in sheet.to_send()]
    left = [row.answer(is_for_sending=False) for row in sheet.to_keep()]
    number = attempt(sheet, operations.submit_sheet, party, rows=rows, **given)
    if not number:
        return ""
    if left:
        attempt(sheet, operations.save_sheet, party, rows=left, **given)
    answers = counted(number, "antwoord is", "antwoorden zijn")
    done = "voorgelegd aan de bestuurder" if permissions.must_be_approved(party, by=by) else "verstuurd"
    return f"{answers} {done}.{_rest(len(left))}"


def _rest(number: int) -> str:
    if number == 1:
        return " Het andere antwoord staat hieronder als concept."
    return f" De andere {number} antwoorden staan hieronder als concept." if number else ""


def _save(sheet: Sheet, party: Party, given: dict[str, Any]) -> str:
    rows = [row.answer(is_for_sending=False) for row in sheet.to_save()]
    if not rows:
        return "Er was niets nieuws om te bewaren."
    if attempt(sheet, operations.save_sheet, party, rows=rows, **given) is None:
        return ""
    return f"Uw concept is bewaard. Alleen {party.name} ziet het. Er is nog niets verstuurd."


def _where_to(party: Party, round_: ReportingRound) -> str:
    """Back to the sheet, while it can still be sent."""
    if not round_.is_open_on(today()):
        return reverse("workspace:tasks")
    return f"{reverse('progress:fill_sheet', args=[round_.code])}?partij={party.key}"
