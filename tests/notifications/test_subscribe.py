"""Mail about new reports without an account: asked, confirmed from the mail, stopped from the mail, and then forgotten."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.test import Client
from django.utils import timezone

from agreements.history.models import Event
from agreements.notifications.models import Mail, Subscription
from agreements.notifications.operations import forget_unconfirmed, notify_people, send_waiting
from agreements.notifications.operations import subscription as subscriptions
from agreements.reports.models import Report
from tests.post import PostOffice, html_of, text_of
from tests.reports.builders import a_published
from tests.reports.conftest import no_worker, page_of_a_report  # noqa: F401
from tests.world import World

PAGE, READER = "/mail-bij-rapportages/", "lezer@test.example"


def post_goes_out() -> None:
    while notify_people():
        pass
    send_waiting()


def link_in(mail: EmailMessage, word: str) -> str:
    """The address in the text of a mail that has this word in it, as a path."""
    found = [line for line in text_of(mail).splitlines() if word in line and line.startswith("http")]
    assert len(found) == 1
    assert found[0] in html_of(mail)
    return found[0].removeprefix("http://127.0.0.1:8000")


def confirmed(client: Client, office: PostOffice, email: str = READER) -> None:
    client.post(PAGE, {"email": email})
    send_waiting()
    client.post(link_in(office.to(email)[-1], "bevestigen"))


@pytest.fixture
def publish(world: World, page_of_a_report: bytes, no_worker: None):  # noqa: F811
    return lambda: a_published(world, page_of_a_report)


def test_who_confirms_gets_a_mail_of_each_report_and_who_stops_is_forgotten(client, post_office, publish):
    assert "Kijk in uw mail" in client.post(PAGE, {"email": READER}).content.decode()
    publish()
    post_goes_out()
    (asked,) = post_office.to(READER)
    confirm = link_in(asked, "bevestigen")
    assert "Ja, meld mij aan" in client.get(confirm).content.decode()
    assert Subscription.objects.get().confirmed_at is None, "a program that opens links must not confirm"
    assert "U bent aangemeld" in client.post(confirm).content.decode()

    report = publish()
    post_goes_out()
    post_goes_out()
    told = post_office.to(READER)[-1]
    assert len(post_office.to(READER)) == 2
    assert report.title in text_of(told)
    assert f"/rapportages/{report.number}/" in text_of(told)
    assert "<img" not in html_of(told), "nobody sees whether it is read"
    stop = link_in(told, "afmelden")
    assert told["List-Unsubscribe"].strip() == f"<http://127.0.0.1:8000{stop}>"
    assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    strict = Client(enforce_csrf_checks=True)
    assert strict.get(stop).status_code == 200
    assert Subscription.objects.count() == 1
    assert strict.post(stop, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert not Subscription.objects.exists()
    assert not Mail.objects.filter(to=READER).exists(), "the address is nowhere any more"
    assert "Uw e-mailadres is gewist" in strict.post(stop).content.decode()
    assert "is er niet meer" in strict.get(confirm).content.decode()
    publish()
    post_goes_out()
    assert len(post_office.to(READER)) == 2


def test_who_never_confirmed_gets_no_mail_of_reports(client, post_office, publish):
    client.post(PAGE, {"email": READER})
    publish()
    post_goes_out()
    assert len(post_office.to(READER)) == 1


def test_the_answer_does_not_say_who_subscribed_and_one_address_gets_one_mail_a_day(client, post_office, db):
    confirmed(client, post_office, "al@test.example")
    pages = [
        client.post(PAGE, {"email": email}).content.decode()
        for email in ("al@test.example", "AL@test.example", READER, READER, READER)
    ]
    send_waiting()
    assert len({page.split("<main")[1] for page in pages}) == 1
    assert len(post_office.to("al@test.example")) == 1
    assert len(post_office.to(READER)) == 1
    assert not Event.objects.filter(verb__contains="subscri").exists()


@pytest.mark.parametrize("email", ["", "geen adres", "a@b", "a@test.example\nBcc: x@test.example", "a" * 260])
def test_a_wrong_address_is_said_and_kept_in_the_form(client, db, email):
    answer = client.post(PAGE, {"email": email})
    assert answer.status_code == 422
    assert "U bent nog niet aangemeld." in answer.content.decode()
    assert not Subscription.objects.exists()
    assert not Mail.objects.exists()


def test_a_link_that_was_made_up_opens_nothing(client, db):
    for path in ("bevestigen/x/", "afmelden/x/", "bevestigen/a:b:c/"):
        assert client.get(PAGE + path).status_code == 404
        assert client.post(PAGE + path).status_code == 404


def test_nobody_mails_half_the_town_through_us(client, db, monkeypatch):
    monkeypatch.setattr(subscriptions, "MOST_WAITING", 2)
    answers = [client.post(PAGE, {"email": f"{n}@test.example"}) for n in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 422]
    assert "te veel aanmeldingen" in answers[2].content.decode()
    assert "2@test.example" in answers[2].content.decode(), "what was typed stays"


def test_an_address_that_nobody_confirms_is_forgotten_after_a_week(client, post_office, db):
    confirmed(client, post_office, "blijft@test.example")
    client.post(PAGE, {"email": READER})
    Subscription.objects.filter(email=READER).update(asked_at=timezone.now() - timedelta(days=8))
    assert forget_unconfirmed() == 1
    assert [one.email for one in Subscription.objects.all()] == ["blijft@test.example"]


def test_a_server_that_is_down_loses_nothing_and_a_second_worker_sends_nothing_twice(
    client, post_office, publish
):
    confirmed(client, post_office)
    post_office.close()
    publish()
    post_goes_out()
    post_office.open()
    Mail.objects.update(next_attempt_at=timezone.now())
    post_goes_out()
    assert [mail["Subject"].endswith("nieuwe rapportage aan de raad") for mail in post_office.to(READER)] == [
        False,
        True,
    ]
    assert Report.objects.count() == 1
