"""Choosing what to be mailed, and stopping it from the mail itself."""

import pytest
from django.core import mail as django_mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from agreements.notifications.letters import read_token, unsubscribe_address
from agreements.notifications.models import DEFAULTS, How, Kind, Mail, Notification, Preference
from agreements.notifications.operations import notify_people, set_preferences
from agreements.notifications.queries import preferences_of
from tests.world import World, an_amendment, an_update

PAGE = "/berichten/instellingen/"
CHOSEN = {"news": "off", "rounds": "daily", "reports": "at_once", "week": "off"}


def path_of(world: World, *kinds: Kind) -> str:
    return unsubscribe_address(world.director, kinds).removeprefix("http://127.0.0.1:8000")


def tell() -> None:
    while notify_people():
        pass


def test_the_form_shows_what_holds_and_keeps_what_is_chosen(world, visit):
    client = visit(world.director)
    page = client.get(PAGE).content.decode()
    assert 'name="news" value="daily" id="id_news_1" checked' in page
    assert 'name="duty"' not in page
    assert "Wat u moet doen, mailen wij altijd meteen." in page
    answer = client.post(PAGE, CHOSEN)
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    assert preferences_of(world.director) == {Kind.DUTY: How.AT_ONCE} | {
        Kind(kind): How(how) for kind, how in CHOSEN.items()
    }
    assert preferences_of(world.chair) == DEFAULTS
    client.post(PAGE, CHOSEN)
    assert Preference.objects.count() == 4


def test_a_wrong_or_missing_answer_is_said(world, visit):
    client = visit(world.director)
    page = client.post(PAGE, {**CHOSEN, "news": "weekly"})
    assert page.status_code == 422
    assert "Kies een van de antwoorden bij" in page.content.decode()
    assert 'name="week" value="off" id="id_week_1" checked' in page.content.decode()
    assert client.post(PAGE, {}).status_code == 422
    assert not Preference.objects.exists()


def test_a_duty_cannot_be_switched_off_by_anybody(world):
    with pytest.raises(ValidationError):
        set_preferences(world.director, {Kind.DUTY: How.OFF})
    with pytest.raises(IntegrityError), transaction.atomic():
        Preference.objects.create(user=world.director, kind=Kind.DUTY, how=How.OFF)


def test_off_is_in_the_portal_and_not_in_the_mail(world):
    tell()
    Mail.objects.all().delete()
    set_preferences(world.director, {Kind.NEWS: How.OFF})
    set_preferences(world.chair, {Kind.NEWS: How.AT_ONCE})
    an_update(world)
    tell()
    assert Notification.objects.get(user=world.director, kind="news").how == How.OFF
    assert [mail.to for mail in Mail.objects.all()] == [world.chair.email]


def test_who_switches_off_what_waits_gets_no_mail_of_it_in_the_morning(world):
    an_update(world)
    tell()
    set_preferences(world.director, {Kind.NEWS: How.OFF})
    assert Notification.objects.get(user=world.director, kind="news").how == How.OFF


def test_stopping_from_the_mail_asks_first_and_needs_no_account(world, client):
    path = path_of(world, Kind.NEWS, Kind.REPORTS)
    page = client.get(path).content.decode()
    assert "Nieuws over afspraken die u aangaan" in page
    assert "Rapportages aan de raad" in page
    assert not Preference.objects.exists(), "a program that opens links must not stop mail"
    assert "U bent afgemeld" in client.post(path).content.decode()
    assert preferences_of(world.director)[Kind.NEWS] == How.OFF
    assert preferences_of(world.director)[Kind.ROUNDS] == DEFAULTS[Kind.ROUNDS]


def test_a_mail_program_stops_it_with_one_click(world):
    strict = Client(enforce_csrf_checks=True)
    path = path_of(world, Kind.NEWS)
    answer = strict.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert preferences_of(world.director)[Kind.NEWS] == How.OFF


def test_a_link_that_was_tampered_with_does_nothing(world, client):
    path = path_of(world, Kind.NEWS)
    for wrong in (path[:-2] + "A/", "/berichten/afmelden/x/", "/berichten/afmelden/a:b:c/"):
        assert client.get(wrong).status_code == 404
        assert client.post(wrong).status_code == 404
    assert not Preference.objects.exists()


def test_a_link_never_stops_a_duty(world, client):
    client.post(path_of(world, Kind.DUTY, Kind.NEWS))
    assert preferences_of(world.director)[Kind.DUTY] == How.AT_ONCE
    an_amendment(world, text="Heideveld levert 70 woningen op.")
    assert read_token("nonsense") is None
    assert django_mail.outbox == []
