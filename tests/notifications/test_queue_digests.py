"""Several messages in one mail: every morning at seven, and the open tasks on Monday."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from agreements.notifications.models import How, Kind, Mail, Notification
from agreements.notifications.operations import (
    notify_people,
    queue_digests,
    queue_weeks,
    send_waiting,
    set_preferences,
)
from agreements.workspace.queries import tasks_of
from tests.post import PostOffice, html_of, text_of
from tests.world import World, an_update

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EVENING = datetime(2026, 11, 17, 20, tzinfo=AMSTERDAM)  # a Tuesday
NIGHT = datetime(2026, 11, 18, 6, 59, tzinfo=AMSTERDAM)
MORNING = datetime(2026, 11, 18, 7, 0, tzinfo=AMSTERDAM)
MONDAY = datetime(2026, 11, 23, 7, 30, tzinfo=AMSTERDAM)


@pytest.fixture
def news(world: World) -> World:
    """Two updates of last evening, which are news for the chair; no mail yet."""
    for _ in range(20):
        notify_people()
    with time_machine.travel(EVENING, tick=False):
        an_update(world, value=52)
        an_update(world, value=53, status="at_risk")
        notify_people()
    Mail.objects.all().delete()
    return world


def test_the_day_comes_in_one_mail(news: World, post_office: PostOffice) -> None:
    assert not queue_digests(now=NIGHT)
    assert queue_digests(now=MORNING)
    send_waiting()
    [mail] = post_office.to(news.chair.email)
    assert mail["Subject"] == "Prestatieafspraken Hilversum: U heeft 2 nieuwe berichten"
    text = text_of(mail)
    assert text.count("\n* Woonstichting Heideveld gaf de voortgang door van 17-01") == 2
    assert text.count("http://127.0.0.1:8000/berichten/\n") == 1
    assert html_of(mail).count("<li>") == 2
    assert "afmelden" in mail["List-Unsubscribe"]


def test_a_day_is_mailed_once(news: World) -> None:
    queue_digests(now=MORNING)
    before = Mail.objects.count()
    assert before == 4, "two coordinators, the director and the chair"
    assert not queue_digests(now=MORNING)
    assert not queue_digests(now=MORNING.replace(hour=23))
    assert queue_digests(now=MORNING.replace(day=19)), "the next day has a mail of its own"
    assert Mail.objects.count() == before, "but there is nothing in it"
    assert not Notification.objects.filter(how=How.DAILY, mailed_at=None).exists()


def test_what_comes_after_seven_waits_for_the_next_morning(news: World) -> None:
    queue_digests(now=MORNING)
    with time_machine.travel(MORNING.replace(minute=5), tick=False):
        an_update(news, value=54)
        notify_people()
    assert not queue_digests(now=MORNING.replace(hour=9))
    assert queue_digests(now=MORNING.replace(day=19))
    assert Mail.objects.filter(key=f"digest-2026-11-19-{news.chair.pk}").exists()


def test_who_left_gets_no_mail_about_what_is_for_parties(news: World) -> None:
    Notification.objects.update(is_for_parties=True)
    news.chair.memberships.update(ended_on="2017-11-15")
    queue_digests(now=MORNING)
    assert not Mail.objects.filter(user=news.chair).exists()


def test_the_tasks_come_on_monday_to_who_has_some(world: World, post_office: PostOffice) -> None:
    assert not queue_weeks(tasks_of, now=MORNING)
    assert not queue_weeks(tasks_of, now=MONDAY.replace(hour=6))
    assert queue_weeks(tasks_of, now=MONDAY)
    assert not queue_weeks(tasks_of, now=MONDAY)
    send_waiting()
    [mail] = post_office.to(world.reporter.email)
    assert mail["Subject"] == "Prestatieafspraken Hilversum: U heeft 2 open taken"
    text = text_of(mail).replace("\xa0", " ")
    assert (
        "* Geef de voortgang door: 84 nieuwe sociale huurwoningen opleveren. "
        "Nog 9 dagen: uiterlijk 24 november 2017." in text
    )
    assert "\nVolgende week (2)\n" in text, "under the same headings as Mijn taken"
    assert "<h2>Volgende week (2)</h2>" in html_of(mail)
    assert "http://127.0.0.1:8000/mijn-taken/\n" in text
    assert post_office.to(world.chair.email) == [], "no tasks, no mail"


def test_the_weekly_mail_can_be_switched_off(world: World) -> None:
    set_preferences(world.reporter, {Kind.WEEK: How.OFF})
    queue_weeks(tasks_of, now=MONDAY)
    assert not Mail.objects.filter(user=world.reporter).exists()
    assert Mail.objects.filter(user=world.director).exists()
