"""What people are asked to look at again: a figure the municipality asks about, and drafts that wait for somebody.

What was settled before the message was made is told to nobody.
"""

from collections.abc import Collection

from django.urls import reverse

from agreements.history.models import Event
from agreements.notifications.models import Kind
from agreements.notifications.news.message import News
from agreements.notifications.queries import members_of
from agreements.parties.models import Party, Role
from agreements.progress.models import Draft, Return
from agreements.progress.permissions import REPORTERS
from agreements.reports.models import Report
from agreements.reports.queries import awaiting_comment, may_sign
from agreements.web.formats import dutch_date


def progress_returned(event: Event) -> list[News]:
    waiting = Return.objects.select_related("update__commitment", "update__party")
    returned = waiting.filter(update=event.subject_id, answered_on__isnull=True).last()
    if returned is None:
        return []
    code, party = returned.update.commitment.code, returned.update.party
    title = f"Vraag van de gemeente over afspraak {code}"
    sentence = f"De gemeente vraagt iets over uw voortgang van {code}."
    return [_duty(party, REPORTERS, title, sentence, reverse("progress:answer_return", args=[returned.pk]))]


def progress_offered(event: Event) -> list[News]:
    draft = _draft(event, Draft.State.WAITING)
    if draft is None:
        return []
    title, sentence = (
        f"Uw akkoord gevraagd: afspraak {draft.commitment.code}",
        f"Een collega vulde de voortgang van {draft.commitment.code} in. Die telt pas na uw akkoord.",
    )
    address = reverse("progress:approve_progress", args=[draft.party.key])
    return [_duty(draft.party, [Role.SIGNATORY], title, sentence, address)]


def progress_sent_back(event: Event) -> list[News]:
    draft = _draft(event, Draft.State.SENT_BACK)
    if draft is None:
        return []
    code = draft.commitment.code
    sentence = f"Uw bestuurder vraagt u om de voortgang van {code} aan te passen."
    address = reverse("progress:submit_progress", args=[code])
    return [_duty(draft.party, REPORTERS, f"Pas uw antwoord aan: afspraak {code}", sentence, address)]


def report_shared(event: Event) -> list[News]:
    report = Report.objects.get(pk=event.subject_id)
    if report.comments_due_on is None:
        return []
    people = members_of(Party.objects.all())
    asked = [user for user in people if awaiting_comment(user).filter(pk=report.pk).exists()]
    title = "Lees het concept van een rapportage"
    sentence = f"Lees ‘{report.title}’ en reageer tot en met {dutch_date(report.comments_due_on)}."
    address = reverse("reports:comment_on_report", args=[report.number])
    return [News(asked, Kind.DUTY, title, sentence, address, is_for_parties=True)]


def report_to_sign(event: Event) -> list[News]:
    report = Report.objects.get(pk=event.subject_id)
    people = members_of(Party.objects.filter(kind=Party.Kind.MUNICIPALITY))
    asked = [user for user in people if may_sign(user)] if report.awaits_signature else []
    sentence = f"De gemeente vraagt om uw handtekening onder ‘{report.title}’."
    address = reverse("reports:sign_report", args=[report.number])
    return [News(asked, Kind.DUTY, "Teken een rapportage", sentence, address, is_for_parties=True)]


def _duty(party: Party, roles: Collection[str], title: str, sentence: str, address: str) -> News:
    people = members_of([party], roles=roles)
    return News(people, Kind.DUTY, title, sentence, address, party.provenance, is_for_parties=True)


def _draft(event: Event, state: str) -> Draft | None:
    found = Draft.objects.select_related("commitment", "party")
    return found.filter(pk=event.subject_id, state=state).first()
