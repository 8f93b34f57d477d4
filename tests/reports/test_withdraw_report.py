"""A published report is taken back or corrected: a stone stays, and both versions point at each other."""

import pytest
from django.db import IntegrityError, transaction

from agreements.access.refusals import Refused
from agreements.reports.models import Report
from agreements.reports.operations import correct_report, publish_report, withdraw_report
from agreements.reports.queries import snapshot_of
from tests.reports.builders import a_published, make_ready
from tests.world import TODAY, an_update

pytestmark = pytest.mark.usefixtures("no_worker")
REASON = "Het cijfer van afspraak 17-01 was van een ander jaar."


@pytest.fixture
def report(world, page_of_a_report):
    an_update(world)
    return a_published(world, page_of_a_report)


def test_a_withdrawn_report_leaves_a_stone_with_the_reason(world, report, visit):
    address = f"/rapportages/{report.number}/"
    client = visit(world.coordinator)
    assert "Dit kunt u niet ongedaan maken" in client.get(address + "intrekken/").content.decode()
    assert client.post(address + "intrekken/", {"reason": "kort"}).status_code == 422
    assert client.post(address + "intrekken/", {"reason": REASON}).status_code == 303
    page, pdf = visit().get(address), visit().get(f"/rapportages/{report.number}.pdf")
    assert (page.status_code, pdf.status_code) == (200, 410)
    for answer in (page, pdf):
        text = answer.content.decode()
        assert REASON in text
        assert "15 november 2017" in text.replace("\N{NO-BREAK SPACE}", " ")
        assert "52 van" not in text, "the content is gone"
    assert "Ingetrokken op" in visit().get("/rapportages/").content.decode()


def test_it_is_withdrawn_once_and_only_by_coordinators(world, report, visit):
    for name in ("reporter", "director", "chair", "councillor"):
        answer = visit(world.cast[name]).post(f"/rapportages/{report.number}/intrekken/", {"reason": REASON})
        assert answer.status_code == 403, name
    withdraw_report(report, by=world.colleague, on=TODAY, reason=REASON)
    with pytest.raises(Refused, match="De stand is: Ingetrokken"):
        withdraw_report(report, by=world.coordinator, on=TODAY, reason=REASON)


def test_a_correction_takes_the_place_of_the_old_report_and_both_stay(world, report, page_of_a_report, visit):
    an_update(world, value=54)
    client = visit(world.coordinator)
    answer = client.post(f"/rapportages/{report.number}/verbeteren/", {"reason": REASON})
    assert answer["Location"] == "/rapportages/PA-2017-K3-2/"
    new = make_ready(Report.objects.get(number="PA-2017-K3-2"), page_of_a_report)
    assert "nieuwere rapportage" not in visit().get(f"/rapportages/{report.number}/").content.decode()
    publish_report(new, by=world.colleague, on=TODAY)
    old_page = visit().get(f"/rapportages/{report.number}/").content.decode()
    new_page = visit().get(f"/rapportages/{new.number}/").content.decode()
    assert "Er is een nieuwere rapportage" in old_page
    assert f"/rapportages/{new.number}/" in old_page
    assert REASON in old_page
    assert f'komt in de plaats van <a href="/rapportages/{report.number}/">' in new_page
    download = visit().get(f"/rapportages/{report.number}.pdf")
    b"".join(download.streaming_content)
    assert download.status_code == 200
    assert snapshot_of(new)["report"]["supersedes"] == {"number": report.number, "reason": REASON}
    assert new.previous == report.previous, "it is compared with what the first was compared with"


def test_there_is_one_correction_at_a_time(world, report):
    correct_report(report, by=world.coordinator, on=TODAY, reason=REASON)
    with pytest.raises(Refused, match="Er is al een verbetering"):
        correct_report(report, by=world.coordinator, on=TODAY, reason=REASON)


def test_the_next_report_is_compared_with_the_correction_and_not_with_what_was_withdrawn(
    world, report, page_of_a_report
):
    new = correct_report(report, by=world.coordinator, on=TODAY, reason=REASON)
    publish_report(make_ready(new, page_of_a_report), by=world.colleague, on=TODAY)
    next_one = a_published(world, page_of_a_report)
    assert next_one.previous == new
    withdraw_report(new, by=world.coordinator, on=TODAY, reason=REASON)
    withdraw_report(next_one, by=world.coordinator, on=TODAY, reason=REASON)
    assert a_published(world, page_of_a_report).previous == report


def test_the_database_holds_the_four_eyes_and_the_stone(world, report):
    rows = Report.objects.filter(pk=report.pk)
    for wrong in (
        {"published_by": report.created_by},
        {"state": "withdrawn"},
        {"withdrawn_reason": "Zomaar."},
        {"kind": "agreement"},
        {"party": world.heideveld},
        {"correction_reason": "Zomaar."},
        {"shared_on": TODAY},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
