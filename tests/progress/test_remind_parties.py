"""A coordinator reminds parties with one click; it counts with the reminders of the worker, and never twice a day."""

import random
from datetime import date, timedelta

import pytest

from agreements.access.refusals import Refused
from agreements.history.models import Event
from agreements.notifications.models import Notification
from agreements.notifications.operations import notify_people, send_waiting
from agreements.progress.models import MOST_BY_HAND, STEPS, Reminder
from agreements.progress.operations import close_round, remind_parties, send_reminders
from agreements.progress.queries import debts, people_to_remind
from tests.post import text_of
from tests.together import at_once
from tests.world import TODAY, an_update

ADDRESS = "/rondes/2017-K3/herinneren/"
OVERVIEW = "/mijn-taken/overzicht/"
DUE = date(2017, 11, 24)
LATE = DUE + timedelta(days=3)


def remind(world, on: date = TODAY) -> list[Reminder]:
    return remind_parties(world.round, by=world.coordinator, on=on, parties=[world.heideveld])


def refusal(world, on: date = TODAY) -> str:
    [debt] = debts([world.round], on=on)
    return debt.refusal


def test_one_click_reminds_one_party_now(world, visit):
    client = visit(world.coordinator)
    assert 'name="parties" value="hv"' in client.get(OVERVIEW).content.decode()
    answer = client.post(ADDRESS, {"parties": "hv"}, follow=True)
    assert answer.redirect_chain == [(OVERVIEW, 303)]
    page = answer.content.decode()
    assert "Herinnering verstuurd aan Woonstichting Heideveld." in page
    assert "1 keer, het laatst op 15\xa0november 2017" in page
    assert "Vandaag al herinnerd." in page
    assert 'name="parties"' not in page
    while notify_people():
        pass
    told = Notification.objects.get(user=world.reporter, title="Herinnering: voortgang derde kwartaal 2017")
    assert told.sentence.startswith("Geef uiterlijk 24\xa0november 2017 de voortgang door van 2 afspraken")
    event = Event.objects.get(verb="progress.reminded")
    assert (event.actor, event.party) == (world.coordinator, world.heideveld)


def test_the_reminder_arrives_by_mail_at_once(world, post_office):
    remind(world)
    while notify_people():
        pass
    send_waiting()
    found = [mail for mail in post_office.to(world.reporter.email) if "Herinnering" in mail["Subject"]]
    [mail] = found
    assert mail["Subject"] == "Prestatieafspraken Hilversum: Herinnering: voortgang derde kwartaal 2017"
    assert "de voortgang door van 2 afspraken van Woonstichting Heideveld." in text_of(mail)
    assert text_of(mail).count("http://127.0.0.1:8000/mijn-taken/\n") == 1


def test_it_counts_with_the_others_wherever_the_number_stands(world, visit):
    send_reminders(on=DUE - timedelta(days=14))
    remind(world, on=DUE - timedelta(days=10))
    send_reminders(on=DUE - timedelta(days=7))
    assert "3 herinneringen gestuurd" in visit().get("/afspraken/17-01/").content.decode()
    closing = visit(world.coordinator).get("/rondes/2017-K3/sluiten/").content.decode()
    assert "(Woonstichting Heideveld, 3 herinneringen gestuurd)" in closing


def test_twice_on_a_day_is_once_whoever_was_first(world):
    assert len(remind(world)) == 1
    assert remind(world) == []
    assert send_reminders(on=TODAY) == []
    tomorrow = DUE - timedelta(days=7)
    assert len(send_reminders(on=tomorrow)) == 1
    assert remind(world, on=tomorrow) == []
    assert Reminder.objects.count() == Event.objects.filter(verb="progress.reminded").count() == 2


def test_on_a_fixed_day_it_takes_the_place_of_that_reminder(world):
    [first] = remind(world, on=DUE - timedelta(days=14))
    assert (first.step, first.sent_by) == (-14, world.coordinator)
    assert send_reminders(on=DUE - timedelta(days=13)) == []
    [second] = remind(world, on=DUE - timedelta(days=12))
    assert second.step is None


def test_after_some_by_hand_people_have_to_call(world, visit, settings):
    days = [DUE - timedelta(days=n) for n in (13, 12, 11)]
    assert len([remind(world, on=day) for day in days]) == MOST_BY_HAND == 3
    assert refusal(world) == "Al 3 keer door u of een collega herinnerd. Bel deze partij."
    assert remind(world) == []
    page = visit(world.coordinator).get(ADDRESS).content.decode()
    assert "U kunt nu niemand herinneren" in page
    assert "Bel deze partij." in page
    answer = visit(world.coordinator).post(ADDRESS, {"parties": "hv"}, follow=True)
    assert "Niet opnieuw verstuurd aan Woonstichting Heideveld." in answer.content.decode()
    assert len(send_reminders(on=DUE - timedelta(days=1))) == 1, "the worker goes on"


def test_a_late_one_goes_to_a_second_person_from_two_weeks(world):
    [early] = remind(world, on=DUE + timedelta(days=13))
    [late] = remind(world, on=DUE + timedelta(days=15))
    assert (early.is_escalated, late.is_escalated) == (False, True)
    assert people_to_remind(world.heideveld, escalated=late.is_escalated) == [world.reporter, world.director]


def test_who_reported_everything_is_not_in_the_list(world, visit):
    an_update(world)
    world.coach.status = "achieved"
    world.coach.save()
    assert debts([world.round], on=TODAY) == []
    page = visit(world.coordinator).get(OVERVIEW).content.decode()
    assert "Niemand hoeft nu iets door te geven" in page
    answer = visit(world.coordinator).post(ADDRESS, {"parties": "hv"}, follow=True)
    assert "Niet opnieuw verstuurd" in answer.content.decode()
    assert not Reminder.objects.exists()


def test_many_at_once_are_asked_on_a_page_of_their_own(world, visit):
    client = visit(world.coordinator)
    page = client.get(ADDRESS).content.decode()
    assert "Woonstichting Heideveld: 2 afspraken, nog 9 dagen" in page
    assert 'value="hv" id="id_parties_0" checked' in page
    assert "hoogstens 3 keer per ronde" in page
    assert not Reminder.objects.exists(), "asking sends nothing"
    refused = client.post(ADDRESS, {})
    assert refused.status_code == 422
    assert "Kies minstens één partij." in refused.content.decode()


@pytest.mark.parametrize("wrong", ["niemand", "hv\x00", "0 OR 1=1", "9" * 400])
def test_a_party_that_is_none_reminds_nobody(world, visit, wrong):
    assert visit(world.coordinator).post(ADDRESS, {"parties": wrong}).status_code == 422
    assert not Reminder.objects.exists()


def test_a_closed_round_reminds_nobody(world, visit):
    close_round(world.round, by=world.coordinator, on=TODAY)
    assert visit(world.coordinator).post(ADDRESS, {"parties": "hv"}).status_code == 403
    with pytest.raises(Refused, match="is niet open"):
        remind(world)


def test_only_coordinators_remind(world, visit):
    for name in ("reporter", "director", "chair", "councillor", "stranger"):
        client = visit(world.cast[name])
        assert client.post(ADDRESS, {"parties": "hv"}).status_code == 403, name
        assert client.get(OVERVIEW).status_code == 403, name
    assert not Reminder.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_and_the_worker_at_once_remind_once(world):
    def by(user):
        return lambda: len(remind_parties(world.round, by=user, on=TODAY, parties=[world.heideveld]))

    answers = at_once(by(world.coordinator), by(world.colleague), lambda: len(send_reminders(on=TODAY)))
    assert sorted(answers) == [0, 0, 1]
    assert Reminder.objects.count() == Event.objects.filter(verb="progress.reminded").count() == 1


@pytest.mark.parametrize("seed", range(5))
def test_whatever_the_order_there_is_one_a_day_and_an_end_to_it(world, seed):
    dice, day = random.Random(seed), DUE - timedelta(days=20)  # noqa: S311  not for secrets
    for _ in range(60):
        act = dice.choice([lambda on: send_reminders(on=on), lambda on: remind(world, on)])
        act(day)
        day += timedelta(days=dice.choice([0, 0, 1, 2]))
    sent = list(Reminder.objects.all())
    assert len({reminder.sent_on for reminder in sent}) == len(sent)
    assert sum(reminder.sent_by is not None for reminder in sent) <= MOST_BY_HAND
    steps = [reminder.step for reminder in sent if reminder.step is not None]
    assert len(steps) == len(set(steps))
    assert Event.objects.filter(verb="progress.reminded").count() == len(sent) <= len(STEPS) + MOST_BY_HAND
