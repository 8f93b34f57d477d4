"""A party hears twice that its certificate ends; after that the page says so before it asks for anything."""

from datetime import UTC, datetime, timedelta

import pytest

from agreements.history.models import Event
from agreements.notifications.models import Notification
from agreements.notifications.operations import notify_people
from agreements.signing.models import OwnCertificate
from agreements.signing.operations import add_certificate, remove_certificate, warn_of_ends
from agreements.workspace.queries import count_tasks, tasks_of
from tests.signing.builders import a_signer
from tests.signing.keys import PASSWORD, an_authority
from tests.world import TODAY

ROUND = "/jaarschijven/2018/ondertekening/1/"
TITLE = "Het certificaat van uw organisatie verloopt"


@pytest.fixture
def own(world, settings, tmp_path) -> OwnCertificate:
    """Heideveld signs with a certificate that ends in a hundred days."""
    authority = an_authority(tmp_path)
    settings.PARTY_TRUST = [authority.root]
    signer, upload = a_signer(world.heideveld), authority.p12(until=100)
    return add_certificate(world.heideveld, by=signer, on=TODAY, upload=upload, password=PASSWORD)


def sentences(user) -> list[str]:
    return [task.sentence for task in tasks_of(user) if "certificaat" in task.sentence]


def test_it_is_told_at_60_and_at_14_days_and_never_twice(world, own, time_machine):
    start = datetime.now(UTC)
    told = {}
    for day in (0, 38, 41, 42, 87, 88, 99, 120):
        time_machine.move_to(start + timedelta(days=day))
        told[day] = len(warn_of_ends(on=TODAY))
    assert {day for day, number in told.items() if number} == {41, 87}
    events = Event.objects.filter(verb="signing.certificate_ends").order_by("number")
    assert [event.data["days"] for event in events] == [60, 14]
    while notify_people():
        pass
    assert Notification.objects.filter(title=TITLE, user=own.added_by).count() == 2
    assert not Notification.objects.filter(title=TITLE, user=world.stranger).exists()


def test_who_hears_late_hears_once_and_who_took_it_away_never(own, time_machine):
    time_machine.move_to(datetime.now(UTC) + timedelta(days=95))
    assert [one.warned_days for one in warn_of_ends(on=TODAY)] == [14]
    OwnCertificate.objects.update(warned_days=None)
    remove_certificate(own, by=own.added_by, on=TODAY)
    assert warn_of_ends(on=TODAY) == []


def test_it_is_a_task_and_stands_on_the_page_of_the_round(round_, world, own, visit, time_machine):
    signer = own.added_by
    assert sentences(signer) == []
    before = count_tasks(signer)
    time_machine.move_to(datetime.now(UTC) + timedelta(days=50))
    del signer._task_count, signer._standing
    assert sentences(signer) == ["Voeg een nieuw certificaat toe om mee te tekenen"]
    assert count_tasks(signer) == before + 1
    assert sentences(world.reporter) == []
    for reader, reads in ((world.coordinator, True), (world.stranger, False), (None, False)):
        page = visit(reader).get(ROUND).content.decode()
        assert ("Het certificaat waarmee Woonstichting Heideveld tekent" in page) == reads, reader


def test_with_an_ended_certificate_nobody_is_asked_for_a_code(round_, own, visit, time_machine):
    time_machine.move_to(datetime.now(UTC) + timedelta(days=101), tick=True)
    page = visit(own.added_by).get(f"{ROUND}hv/tekenen/").content.decode()
    assert "U kunt nu niet tekenen" in page
    assert "Dit certificaat is verlopen op" in page
    assert "/organisatie/hv/certificaat/" in page
    assert "Bevestig dat u het bent" not in page
