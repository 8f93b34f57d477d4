"""Until when others judge: set when a round opens, moved later with a reason, never to a day that is past."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from agreements.history.models import Event
from agreements.notifications.models import Notification
from agreements.notifications.operations import notify_people
from agreements.progress.models import Judgement, ReportingRound
from agreements.progress.operations import assess_progress, move_window
from agreements.progress.queries import assessments, waiting
from tests.together import at_once
from tests.world import TODAY, an_assessment, an_update

ADDRESS = "/rondes/2017-K3/oordelen-tot/"
BEFORE, DAY = date(2017, 12, 8), date(2017, 12, 20)
WHY = "De huurders vergaderen pas op 18 december."
DISSENT = "Wij tellen er maar 48."
SENT = {"until": "20-12-2017", "reason": WHY, "seen": "2017-12-08"}


def move(world, until: date, *, on: date = TODAY, seen: date = BEFORE):
    return move_window(world.round, by=world.coordinator, on=on, until=until, reason=WHY, seen=seen)


def test_a_coordinator_moves_it_with_a_reason_that_stays_readable(world, visit):
    client = visit(world.coordinator)
    assert "08-12-2017" in client.get(ADDRESS).content.decode()
    answer = client.post(ADDRESS, SENT, follow=True)
    page = answer.content.decode().replace("\xa0", " ")
    assert answer.redirect_chain == [("/rondes/", 303)]
    assert "kan tot en met 20 december 2017. Dat was 8 december 2017. Reden: De huurders vergaderen" in page
    assert ReportingRound.objects.get().assess_until == DAY
    assert Event.objects.get(verb="progress.window_moved").why == WHY


def test_who_judges_hears_of_it(world):
    move(world, DAY)
    while notify_people():
        pass
    told = Notification.objects.filter(title="Derde kwartaal 2017: een andere laatste dag om te oordelen")
    assert {notification.user for notification in told} == {world.colleague, world.director, world.chair}
    assert WHY in told[0].sentence


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"until": "14-11-2017"}, "Vul 24 november 2017 in, of een latere dag."),
        ({"until": "23-11-2017"}, "Vul 24 november 2017 in, of een latere dag."),
        ({"until": "ooit"}, "Vul een datum in"),
        ({"reason": ""}, "Waarom verandert u deze dag?"),
        ({"reason": "Kort"}, "minstens 10 tekens"),
    ],
)
def test_a_wrong_answer_gets_a_sentence_and_changes_nothing(world, visit, wrong, sentence):
    answer = visit(world.coordinator).post(ADDRESS, SENT | wrong)
    assert answer.status_code == 422
    assert sentence in answer.content.decode().replace("\xa0", " ")
    assert ReportingRound.objects.get().assess_until is None


def test_never_earlier_than_today(world, settings):
    settings.TODAY = date(2017, 12, 5)
    with pytest.raises(ValidationError) as refused:
        move(world, date(2017, 12, 4), on=settings.TODAY)
    assert refused.value.messages == ["Vul 5\xa0december 2017 in, of een latere dag."]
    assert move(world, settings.TODAY, on=settings.TODAY).assess_by == settings.TODAY


def test_who_comes_second_sees_what_a_colleague_chose(world, visit):
    move(world, date(2017, 12, 15))
    client = visit(world.colleague)
    answer = client.post(ADDRESS, SENT)
    page = answer.content.decode().replace("\xa0", " ")
    assert answer.status_code == 409
    assert "Een collega veranderde deze dag intussen in 15 december 2017." in page
    assert 'name="seen" value="2017-12-15"' in page
    assert "20-12-2017" in page
    assert client.post(ADDRESS, SENT | {"seen": "2017-12-15"}).status_code == 303


def test_more_days_keep_what_was_said_private_on_the_page_and_in_its_history(world, visit, settings):
    an_assessment(an_update(world), by=world.chair, text=DISSENT)
    move(world, DAY)
    for day, is_public in ((date(2017, 12, 9), False), (DAY, False), (date(2017, 12, 21), True)):
        settings.TODAY = day
        assert (DISSENT in visit().get("/afspraken/17-01/").content.decode()) == is_public, day
        assert DISSENT in visit(world.director).get("/afspraken/17-01/").content.decode()
    assert waiting(world.municipality).count() == 0


def test_fewer_days_make_it_public_sooner(world, visit, settings):
    update = an_update(world)
    an_assessment(update, by=world.chair, text=DISSENT)
    move(world, date(2017, 11, 24))
    settings.TODAY = date(2017, 11, 25)
    assert DISSENT in visit().get("/afspraken/17-01/").content.decode()
    assert assessments(world.stranger).count() == 1
    judgement = Judgement("disagreed", "Wij komen te laat.")
    with pytest.raises(ValidationError, match="kon tot en met"):
        assess_progress(update, by=world.coordinator, on=settings.TODAY, judgement=judgement)


def test_what_is_public_stays_public(world, visit, settings):
    settings.TODAY = date(2017, 12, 9)
    answer = visit(world.coordinator).post(ADDRESS, SENT)
    assert answer.status_code == 403
    assert "Wat de partijen vonden, is nu openbaar." in answer.content.decode()
    assert "oordelen-tot" not in visit(world.coordinator).get("/rondes/").content.decode()


def test_only_coordinators_move_it(world, visit):
    for name in ("reporter", "director", "chair", "councillor", "stranger"):
        assert visit(world.cast[name]).post(ADDRESS, SENT).status_code == 403, name


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_told(world):
    answers = at_once(lambda: move(world, DAY), lambda: move(world, date(2017, 12, 15)))
    assert sum(isinstance(answer, ValidationError) for answer in answers) == 1
    assert Event.objects.filter(verb="progress.window_moved").count() == 1
