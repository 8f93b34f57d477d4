"""The proof in a published report is renewed before the certificate of its last time stamp ends."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from agreements.documents import store
from agreements.history.models import Event
from agreements.management import post
from agreements.pdf.keys import trusted_roots
from agreements.pdf.verify import verify_pdf
from agreements.reports.models import EarlierFile, Report
from agreements.reports.operations import renew_report
from tests.reports.builders import a_published
from tests.world import TODAY

DAY = timedelta(days=1)


@pytest.fixture
def worn(world, page_of_a_report, time_service, settings) -> Report:
    """A published report whose time stamp is good for 60 days more."""
    time_service.use_certificate(days=60)
    tasks, settings.TASKS = (
        settings.TASKS,
        {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}},
    )
    report = a_published(world, page_of_a_report)
    settings.TASKS = tasks
    return report


def answer_to(client, data: bytes) -> str:
    file = SimpleUploadedFile("rapport.pdf", data, "application/pdf")
    return client.post("/controleren/", {"file": file}).content.decode()


def test_a_renewal_that_fails_stays_due_and_shows_and_later_the_old_bytes_are_the_beginning_of_the_new(
    world, visit, worn, time_service, settings, time_machine
):
    """One report, followed: the service is away, then has nothing better, then works; and what everyone reads of it."""
    old, address = store.read(worn.sha256), f"/rapportages/{worn.number}/"
    right, settings.TIMESTAMP_URL = settings.TIMESTAMP_URL, "http://127.0.0.1:9/"
    for reason in ("geeft geen goed antwoord", "nog geen certificaat dat langer geldt"):
        post.renew(timezone.now())
        worn.refresh_from_db()
        assert reason in worn.renewal_failure
        assert (store.read(worn.sha256), EarlierFile.objects.count()) == (old, 0)
        for page in (address, "/mijn-taken/"):
            assert reason in visit(world.coordinator).get(page).content.decode()
        assert reason not in visit().get(address).content.decode()
        before = worn.renew_at
        post.renew(timezone.now())
        worn.refresh_from_db()
        assert worn.renew_at == before, "tomorrow again, not at once"
        settings.TIMESTAMP_URL = right
        time_machine.move_to(timezone.now() + DAY + timedelta(minutes=1))

    time_service.use_certificate()
    post.renew(timezone.now())
    worn.refresh_from_db()
    new, (earlier,) = store.read(worn.sha256), worn.earlier_files.all()
    assert new != old
    assert new.startswith(old)
    assert (earlier.sha256, earlier.size, worn.size) == (
        Event.objects.get(verb="reports.published").data["sha256"],
        len(old),
        len(new),
    )
    assert worn.proof_ends_at - timezone.now() > 5000 * DAY
    assert (worn.renewal_failure, worn.renew_at) == ("", worn.proof_ends_at - 90 * DAY)
    assert Event.objects.get(verb="reports.renewed").data == {
        "sha256": worn.sha256,
        "earlier": earlier.sha256,
    }
    renew_report.call(worn.pk, TODAY.isoformat())  # a second worker: a stamp that lasts no longer is not set
    assert Report.objects.get(pk=worn.pk).sha256 == worn.sha256

    anyone = visit()
    download = anyone.get(f"/rapportages/{worn.number}.pdf")
    assert (b"".join(download.streaming_content), download["ETag"]) == (new, f'"{worn.sha256}"')
    page = anyone.get(address).content.decode()
    assert "Bewijs verlengd op" in page
    assert earlier.sha256 in page
    assert worn.sha256 in page
    for data, said in ((old, "Uw bestand is van vóór deze verlenging"), (new, "Uw bestand is van na deze")):
        answer = answer_to(anyone, data)
        assert "Dit bestand is echt" in answer
        assert said in answer
        assert earlier.sha256 in answer
        assert worn.sha256 in answer
    assert "er ontbreekt een stuk" in answer_to(anyone, new[:-500])

    time_machine.move_to(timezone.now() + 70 * DAY)  # the certificate of the first time stamp has ended
    first, last = (verify_pdf(data, trust=trusted_roots()) for data in (old, new))
    assert not first.is_genuine
    assert last.is_genuine
    assert last.signatures[0].level == "B-LTA"


def test_a_report_that_was_withdrawn_or_has_time_left_is_left_alone(worn):
    Report.objects.filter(pk=worn.pk).update(renew_at=timezone.now() + DAY)
    post.renew(timezone.now())
    Report.objects.filter(pk=worn.pk).update(state="cancelled", renew_at=timezone.now() - DAY)
    post.renew(timezone.now())
    renew_report.call(worn.pk, TODAY.isoformat())
    assert (Report.objects.get(pk=worn.pk).sha256, EarlierFile.objects.count()) == (worn.sha256, 0)
