"""Mail through a real mail server: read as it came over the line; nothing lost, nothing twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.core.mail import BadHeaderError, EmailMessage, send_mail
from django.db import connections
from django.utils import timezone

from agreements.notifications.models import Mail, Notification
from agreements.notifications.operations import (
    forget_mail,
    notify_people,
    queue_mail,
    send_waiting,
)
from agreements.notifications.operations.sending import CLAIM, claim_mail
from agreements.parties.models import Party
from tests.post import PostOffice, html_of, text_of
from tests.world import World, an_amendment


def a_mail(name: str = "een", **fields: str) -> Mail:
    usual = {"to": f"{name}@test.example", "subject": "Onderwerp", "text": "Tekst"}
    return queue_mail(key=name, **{**usual, **fields})


def later(**passed: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**passed))


def test_a_duty_arrives_in_text_and_html_with_one_link(world: World, post_office: PostOffice) -> None:
    Party.objects.filter(key="hv").update(name="Woonstichting ’t Heideveld – één")
    amendment = an_amendment(world, text="Heideveld levert 70 woningen op.")
    while notify_people():
        pass
    send_waiting()
    [mail] = post_office.to("chair@test.example")
    assert (
        mail["Subject"] == "Prestatieafspraken Hilversum: Uw antwoord gevraagd: wijziging van afspraak 17-01"
    )
    assert mail["From"] == "portaal@hilversum.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] is None, "a duty cannot be switched off"
    assert mail["Message-ID"].endswith("@hilversum.example>")
    assert mail.get_content_type() == "multipart/alternative"
    link = f"http://127.0.0.1:8000/wijzigingen/{amendment.pk}/"
    for body in (text_of(mail), html_of(mail)):
        assert "Woonstichting ’t Heideveld – één stelt voor" in body
        assert body.count(link) == 1
        assert "U krijgt deze mail altijd" in body
    assert '<html lang="nl">' in html_of(mail)
    assert "(voorbeeld)" not in text_of(mail)


def test_news_can_be_stopped_from_the_mail_and_example_rows_say_so(
    world: World, post_office: PostOffice
) -> None:
    world.homes.provenance = "example"
    world.homes.save()
    Notification.objects.all().delete()
    world.director.mail_preferences.create(kind="news", how="at_once")
    an_amendment(world, text="Heideveld levert 70 woningen op.")
    while notify_people():
        pass
    send_waiting()
    mail = post_office.to("director@test.example")[-1]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = mail["List-Unsubscribe"].strip(" <>")
    assert address.startswith("http://127.0.0.1:8000/berichten/afmelden/")
    assert address in text_of(mail)
    assert "(voorbeeld)" in text_of(mail)
    assert "(voorbeeld)" in html_of(mail)


def test_markup_in_a_name_stays_text(world: World, post_office: PostOffice) -> None:
    Party.objects.filter(key="hv").update(name="<b>Heideveld</b> & Co")
    an_amendment(world, text="Heideveld levert 70 woningen op.")
    while notify_people():
        pass
    send_waiting()
    mail = post_office.to("chair@test.example")[0]
    assert "<b>Heideveld</b> & Co stelt voor" in text_of(mail)
    assert "&lt;b&gt;Heideveld&lt;/b&gt; &amp; Co stelt voor" in html_of(mail)


def test_a_line_end_in_a_name_adds_no_header(db: None, post_office: PostOffice) -> None:
    a_mail(subject="Afspraak\r\nBcc: iedereen@test.example\u2028X-Kwaad: ja")
    send_waiting()
    [mail] = post_office.mails
    assert mail["Subject"] == "Afspraak Bcc: iedereen@test.example X-Kwaad: ja"
    assert (mail["Bcc"], mail["X-Kwaad"]) == (None, None)


def test_django_still_refuses_headers_with_line_ends_at_once(db: None, post_office: PostOffice) -> None:
    with pytest.raises(BadHeaderError):
        send_mail("a\nBcc: b@test.example", "tekst", None, ["een@test.example"])
    with pytest.raises(NotImplementedError):
        EmailMessage("a", "b", None, ["een@test.example"], attachments=[("a.txt", "a", "text/plain")]).send()
    assert not Mail.objects.exists()


def test_a_mail_to_two_people_is_two_mails(db: None, post_office: PostOffice) -> None:
    send_mail("Hoi", "tekst", None, ["een@test.example", "Twee <twee@test.example>"], html_message="<p>tekst")
    send_waiting()
    assert [mail["To"] for mail in post_office.mails] == ["een@test.example", "twee@test.example"]


def test_while_the_server_is_down_mail_waits_longer_and_longer_and_then_goes_once(
    db: None, post_office: PostOffice
) -> None:
    for name in ("een", "twee", "drie"):
        a_mail(name)
    post_office.close()
    assert send_waiting() == 0
    tried = Mail.objects.get(key="een")
    assert tried.attempts == 1
    assert "ConnectionRefusedError" in tried.last_error
    assert Mail.objects.get(key="twee").attempts == 0, "one sign is enough"
    assert send_waiting() == 0
    for _ in range(3):
        with later(hours=1):
            send_waiting()
    assert Mail.objects.waiting().count() == 3
    pauses = sorted((mail.next_attempt_at - timezone.now()) for mail in Mail.objects.all())
    assert pauses[-1] > timedelta(minutes=1)
    post_office.open()
    with later(hours=3):
        assert send_waiting() == 3
        assert send_waiting() == 0
    assert sorted(mail["To"] for mail in post_office.mails) == [
        "drie@test.example",
        "een@test.example",
        "twee@test.example",
    ]
    assert not Mail.objects.waiting().exists()


def test_pauses_grow_to_an_hour(db: None, post_office: PostOffice) -> None:
    a_mail()
    post_office.close()
    pauses = []
    for _ in range(9):
        Mail.objects.update(next_attempt_at=timezone.now())
        send_waiting()
        pauses.append(round((Mail.objects.get().next_attempt_at - timezone.now()).total_seconds() / 60))
    assert pauses == [1, 2, 5, 10, 20, 40, 60, 60, 60]


def test_an_address_that_is_refused_for_good_is_not_tried_again(db: None, post_office: PostOffice) -> None:
    post_office.refusals["weg@test.example"] = "550 5.1.1 Onbekende gebruiker één"
    a_mail("weg")
    a_mail("een")
    assert send_waiting() == 1
    refused = Mail.objects.get(key="weg")
    assert refused.failed_at
    assert refused.last_error.startswith("550 5.1.1 Onbekende gebruiker")
    with later(days=2):
        assert send_waiting() == 0


def test_a_server_that_says_not_now_gets_it_later(db: None, post_office: PostOffice) -> None:
    post_office.refusals["druk@test.example"] = "450 4.2.1 Later"
    a_mail("druk")
    a_mail("een")
    assert send_waiting() == 1, "the others go on"
    post_office.refusals.clear()
    with later(minutes=2):
        assert send_waiting() == 1
    assert [mail["To"] for mail in post_office.mails] == ["een@test.example", "druk@test.example"]


def test_an_address_that_cannot_be_written_is_a_refusal(db: None, post_office: PostOffice) -> None:
    a_mail("x", to="geen adres\u2028@@")
    a_mail("een")
    send_waiting()
    assert Mail.objects.get(key="x").failed_at
    assert Mail.objects.get(key="een").sent_at


def test_after_a_crash_the_same_mail_goes_again_and_can_be_recognised(
    db: None, post_office: PostOffice
) -> None:
    a_mail()
    send_waiting()
    # as if the worker died after the server took the mail and before it wrote that down
    Mail.objects.update(sent_at=None, text="Tekst", next_attempt_at=timezone.now() + CLAIM)
    assert send_waiting() == 0, "the claim still holds"
    with later(minutes=6):
        assert send_waiting() == 1
    first, second = post_office.mails
    assert first["Message-ID"] == second["Message-ID"]


def test_the_same_key_is_one_mail(db: None, post_office: PostOffice) -> None:
    assert a_mail("een").pk == a_mail("een", subject="Anders").pk
    assert send_waiting() == 1


def test_what_was_sent_keeps_no_text_and_goes_after_a_month(db: None, post_office: PostOffice) -> None:
    a_mail(html="<p>Tekst</p>", unsubscribe="https://portaal.example/x")
    send_waiting()
    sent = Mail.objects.get()
    assert (sent.text, sent.html, sent.unsubscribe) == ("", "", "")
    assert forget_mail() == 0
    with later(days=31):
        assert forget_mail() == 1


def test_without_a_mail_server_nothing_is_ever_sent(db: None, post_office: PostOffice, settings) -> None:
    settings.MAIL_BACKEND = ""
    a_mail()
    assert send_waiting() == 0
    assert Mail.objects.get().attempts == 0
    assert post_office.mails == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_every_mail_once(post_office: PostOffice) -> None:
    for number in range(30):
        a_mail(f"nummer-{number}")

    def work(_: int) -> int:
        try:
            return sum(send_waiting() for _ in range(10))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 30
    assert len(post_office.mails) == len({mail["To"] for mail in post_office.mails}) == 30


@pytest.mark.django_db(transaction=True)
def test_a_claimed_mail_is_for_one_worker(post_office: PostOffice) -> None:
    a_mail()

    def claim(_: int) -> bool:
        try:
            return claim_mail() is not None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(claim, range(4))) == [False, False, False, True]
