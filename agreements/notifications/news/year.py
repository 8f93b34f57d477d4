"""What people hear about years, the agenda and reports."""

from django.urls import reverse

from agreements.agenda.models import AgendaItem
from agreements.agreement.models import YearSlice
from agreements.history.models import Event
from agreements.notifications.models import Kind
from agreements.notifications.news.message import News
from agreements.notifications.queries import everyone, members_of
from agreements.notifications.queries.people import READERS, WORKING
from agreements.parties.models import Party
from agreements.reports.models import Report


def phase_changed(event: Event) -> list[News]:
    year_slice = YearSlice.objects.get(pk=event.subject_id)
    phase = YearSlice.Phase(event.data["after"])
    roles = READERS if phase in YearSlice.PUBLIC_PHASES else WORKING
    address = reverse("public:year_slice", args=[year_slice.year])
    title = f"{year_slice}: {phase.label.lower()}"
    return [News(everyone(roles=roles), Kind.ROUNDS, title, event.sentence, address)]


def fate_decided(event: Event) -> list[News]:
    item = AgendaItem.objects.select_related("lead").get(pk=event.subject_id)
    if item.lead is None:
        return []
    people = members_of([item.lead, *Party.objects.filter(represents=item.lead)])
    title, address = f"Besluit over agendapunt {item.code}", reverse("agenda:agenda_item", args=[item.code])
    # The sentence may name drafts.
    return [News(people, Kind.NEWS, title, event.sentence, address, item.provenance, is_for_parties=True)]


def report_published(event: Event) -> list[News]:
    report = Report.objects.get(pk=event.subject_id)
    sentence = f"De rapportage ‘{report.title}’ is gepubliceerd."
    address = reverse("reports:report", args=[report.number])
    return [
        News(
            everyone(roles=READERS),
            Kind.REPORTS,
            "Er is een nieuwe rapportage aan de raad",
            sentence,
            address,
        )
    ]
