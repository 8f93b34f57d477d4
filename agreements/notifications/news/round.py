"""What people hear about rounds."""

from django.urls import reverse

from agreements.commitments.permissions import DECIDERS
from agreements.history.models import Event
from agreements.notifications.models import Kind
from agreements.notifications.news.message import News, number_of
from agreements.notifications.queries import everyone
from agreements.progress.models import ReportingRound
from agreements.progress.queries import owing, people_to_remind
from agreements.web.dates import today
from agreements.web.formats import counted, dutch_date


def round_opened(event: Event) -> list[News]:
    round_ = ReportingRound.objects.select_related("year_slice").get(pk=event.subject_id)
    if not round_.is_open_on(today()):
        return []
    title, due = f"{round_.name}: geef uw voortgang door", dutch_date(round_.due_on)
    duties = [
        News(
            people_to_remind(party, escalated=False),
            Kind.DUTY,
            title,
            f"De ronde {round_.name.lower()} is open. Geef uiterlijk {due} de voortgang door "
            f"van {number_of(commitments)} van {party.name}.",
            reverse("workspace:tasks"),
            party.provenance,
        )
        for party, commitments in owing(round_).items()
    ]
    sentence = f"De ronde {round_.name.lower()} is open. Partijen geven uiterlijk {due} hun voortgang door."
    return [
        *duties,
        News(everyone(), Kind.ROUNDS, f"{round_.name} is open", sentence, reverse("public:commitments")),
    ]


def round_closed(event: Event) -> list[News]:
    round_ = ReportingRound.objects.get(pk=event.subject_id)
    title = f"{round_.name} is gesloten"
    silent = event.data.get("silent", [])
    sentence = f"De ronde {round_.name.lower()} is gesloten. " + (
        f"Van {number_of(silent)} zijn er geen gegevens."
        if silent
        else "Van alle afspraken zijn er gegevens."
    )
    return [News(everyone(), Kind.ROUNDS, title, sentence, reverse("public:commitments"))]


def window_moved(event: Event) -> list[News]:
    round_ = ReportingRound.objects.get(pk=event.subject_id)
    title = f"{round_.name}: een andere laatste dag om te oordelen"
    people = everyone(roles=DECIDERS)
    return [
        News(people, Kind.ROUNDS, title, f"{event.sentence} Reden: {event.why}", reverse("workspace:tasks"))
    ]


def reminded(event: Event) -> list[News]:
    round_ = ReportingRound.objects.get(pk=event.subject_id)
    party, commitments = event.party, event.data["commitments"]
    assert party is not None
    due, number = dutch_date(round_.due_on), number_of(commitments)
    days = (event.on - round_.due_on).days
    if days > 0:
        late = counted(days, "dag", "dagen")
        sentence = f"{party.name} is {late} te laat met de voortgang van {number}. Geef die nu door."
    else:
        sentence = f"Geef uiterlijk {due} de voortgang door van {number} van {party.name}."
    people = people_to_remind(party, escalated=event.data["escalated"])
    title = f"Herinnering: voortgang {round_.name.lower()}"
    return [News(people, Kind.DUTY, title, sentence, reverse("workspace:tasks"), party.provenance)]
