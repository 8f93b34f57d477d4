"""A draft lies before the parties with a day; what they say is for the coordinators."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from agreements.access.refusals import Refused
from agreements.history.models import Event
from agreements.reports.models import ReportComment
from agreements.reports.operations import comment_on_report, publish_report, share_report
from tests.reports.builders import a_draft
from tests.world import TODAY

pytestmark = pytest.mark.usefixtures("no_worker")
FRIDAY = date(2017, 11, 17)
REMARK = "Op bladzijde 3 staat 52. Dat moet 54 zijn."


@pytest.fixture
def draft(world, page_of_a_report):
    return a_draft(world, page_of_a_report)


@pytest.fixture
def shared(world, draft):
    return share_report(draft, by=world.coordinator, on=TODAY, until=FRIDAY)


def test_the_parties_read_a_draft_from_the_day_it_is_laid_before_them(world, draft, visit):
    page, pdf = f"/rapportages/{draft.number}/", f"/rapportages/{draft.number}.pdf"
    assert visit(world.chair).get(page).status_code == 404
    answer = visit(world.coordinator).post(page + "voorleggen/", {"until": "17-11-2017"})
    assert answer.status_code == 303
    for name in ("reporter", "director", "chair", "stranger"):
        assert visit(world.cast[name]).get(page).status_code == 200, name
        download = visit(world.cast[name]).get(pdf)
        b"".join(download.streaming_content)
        assert (download.status_code, download["Cache-Control"]) == (200, "private, no-store"), name
    for user in (None, world.councillor):
        assert visit(user).get(page).status_code == 404
        assert visit(user).get(pdf).status_code == 404


def test_a_party_comments_once_however_often_the_form_is_sent(world, shared, visit):
    sent = {"key": str(uuid4()), "text": REMARK}
    for _ in range(2):
        assert visit(world.chair).post(f"/rapportages/{shared.number}/reactie/", sent).status_code == 303
    assert [(c.party.key, c.text) for c in ReportComment.objects.all()] == [("hrh", REMARK)]
    assert Event.objects.filter(verb="reports.commented").count() == 1


def test_coordinators_read_who_said_what_and_who_said_nothing_and_others_do_not(world, shared, visit):
    comment_on_report(shared, by=world.chair, on=TODAY, key=uuid4(), text=REMARK)
    page = visit(world.coordinator).get(f"/rapportages/{shared.number}/").content.decode()
    assert REMARK in page
    assert page.count("Geen reactie") == 2, "the two corporations were silent"
    assert REMARK not in visit(world.reporter).get(f"/rapportages/{shared.number}/").content.decode()
    assert REMARK in visit(world.chair).get(f"/rapportages/{shared.number}/reactie/").content.decode()


def test_an_empty_or_long_comment_comes_back_with_what_to_mend(world, shared, visit):
    address = f"/rapportages/{shared.number}/reactie/"
    for text in ("", "x" * 1001):
        answer = visit(world.chair).post(address, {"key": str(uuid4()), "text": text})
        assert answer.status_code == 422
        assert text in answer.content.decode()


@pytest.mark.parametrize(
    ("until", "says"),
    [("14-11-2017", "al voorbij"), ("17-11-2027", "meer dan een jaar weg"), ("", "Beantwoord de vraag")],
)
def test_the_day_must_be_to_come(world, draft, visit, until, says):
    answer = visit(world.coordinator).post(f"/rapportages/{draft.number}/voorleggen/", {"until": until})
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_the_parties_never_get_less_time_than_they_were_told(world, shared, visit):
    address = f"/rapportages/{shared.number}/voorleggen/"
    answer = visit(world.coordinator).post(address, {"until": "16-11-2017"})
    assert answer.status_code == 422
    assert "17 november 2017" in answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert visit(world.coordinator).post(address, {"until": "20-11-2017"}).status_code == 303


def test_nobody_publishes_while_the_parties_may_comment(world, shared, settings):
    with pytest.raises(Refused, match="De partijen mogen nog reageren"):
        publish_report(shared, by=world.colleague, on=TODAY)
    settings.TODAY = FRIDAY + timedelta(days=1)
    assert publish_report(shared, by=world.colleague, on=settings.TODAY).is_published


def test_after_the_day_and_after_publication_nobody_comments(world, shared, settings):
    settings.TODAY = FRIDAY + timedelta(days=1)
    with pytest.raises(Refused, match="Reageren kon tot en met"):
        comment_on_report(shared, by=world.chair, on=TODAY, key=uuid4(), text=REMARK)
    publish_report(shared, by=world.colleague, on=settings.TODAY)
    with pytest.raises(Refused, match="niet .meer. reageren"):
        comment_on_report(shared, by=world.chair, on=TODAY, key=uuid4(), text=REMARK)


def test_the_public_history_tells_nothing_of_the_draft(world, shared, settings, visit):
    comment_on_report(shared, by=world.chair, on=TODAY, key=uuid4(), text=REMARK)
    settings.TODAY = FRIDAY + timedelta(days=1)
    publish_report(shared, by=world.colleague, on=settings.TODAY)
    public = visit().get(f"/rapportages/{shared.number}/").content.decode()
    assert "reageerde op het concept" not in public
    assert "verzegeld en gepubliceerd" in public
    assert (
        "reageerde op het concept"
        in visit(world.director).get(f"/rapportages/{shared.number}/").content.decode()
    )


def test_the_task_is_there_for_parties_until_they_said_something(world, shared, visit):
    task = "Lees het concept en reageer"
    assert task in visit(world.chair).get("/mijn-taken/").content.decode()
    assert task not in visit(world.coordinator).get("/mijn-taken/").content.decode()
    comment_on_report(shared, by=world.chair, on=TODAY, key=uuid4(), text=REMARK)
    assert task not in visit(world.chair).get("/mijn-taken/").content.decode()


def test_the_task_to_publish_is_for_who_may(world, draft, visit):
    task = "Lees en publiceer de rapportage"
    assert task in visit(world.colleague).get("/mijn-taken/").content.decode()
    assert task not in visit(world.coordinator).get("/mijn-taken/").content.decode()


def test_the_silence_of_real_organisations_is_not_told_in_an_example(world, page_of_a_report, visit):
    world.boekweit.provenance = "sourced"
    world.boekweit.save()
    world.homes.provenance = "example"
    world.homes.save()
    made = a_draft(world, page_of_a_report)
    page = visit(world.coordinator).get(f"/rapportages/{made.number}/").content.decode()
    assert page.count("Geen reactie") == 2
    assert "<dt>Woningcorporatie De Boekweit" not in page
